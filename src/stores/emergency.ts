/**
 * Sealed applications of a tablet whose database does not open: counted, sent and exported from their second copies. A disk
 * that was only busy answers again later, so the database is tried anew now and then.
 */
import { defineStore } from 'pinia'
import { inject, ref, shallowRef, type InjectionKey } from 'vue'
import type { Failure } from '../../core/failures.ts'
import { localMoment } from '../../core/procedure/dates.ts'
import type { Result } from '../../core/result.ts'
import type { Fates, Holding } from '../offline/emergency/emergency.ts'
import { useOutside } from './outside.ts'

export interface Emergency {
  read(): Promise<Holding>
  send(holding: Holding, onDone: (done: number) => void): Promise<Result<Fates, Failure>>
  export(holding: Holding): Promise<readonly Blob[]>
  /** True when the database opens again. */
  opens(): Promise<boolean>
}

const tryAgainEveryMs = 20_000

export const emergencyKey: InjectionKey<() => Promise<Emergency>> = Symbol('emergency')

export const useEmergency = defineStore('emergency', () => {
  const open = inject(emergencyKey)
  const outside = useOutside()
  const holding = shallowRef<Holding | null>(null)
  /** The second copies cannot be read either. */
  const unreachable = ref(false)
  const done = ref<number | null>(null)
  const fates = shallowRef<Fates | null>(null)
  const trouble = shallowRef<Failure | null>(null)

  async function look(): Promise<void> {
    try {
      holding.value = (await (await open?.())?.read()) ?? null
    } catch (cause) {
      if (!(cause instanceof Error)) throw cause
      unreachable.value = true
    }
  }

  async function send(): Promise<void> {
    const emergency = await open?.()
    if (emergency === undefined || holding.value === null || done.value !== null) return
    done.value = 0
    const sent = await emergency.send(holding.value, (now) => {
      done.value = now
    })
    done.value = null
    fates.value = sent.ok ? sent.value : null
    trouble.value = sent.ok ? null : sent.failure
  }

  async function exportFiles(): Promise<number> {
    const emergency = await open?.()
    const files = emergency === undefined || holding.value === null ? [] : await emergency.export(holding.value)
    const day = localMoment(outside.nowMs()).date
    for (const [at, file] of files.entries()) outside.handOver(`tiepsuc-${day}${files.length === 1 ? '' : `-${at + 1}-of-${files.length}`}.ndjson`, file)
    return files.length
  }

  /** Tells when the database opens again; what is being sent is not disturbed. Returns how to stop. */
  function watch(opensAgain: () => void): () => void {
    let trying = false
    return outside.every(tryAgainEveryMs, () => {
      if (trying || done.value !== null) return
      trying = true
      void tryToOpen().then((opens) => {
        trying = false
        if (opens && done.value === null) opensAgain()
      })
    })
  }

  async function tryToOpen(): Promise<boolean> {
    return (await (await open?.())?.opens()) ?? false
  }

  return { holding, unreachable, done, fates, trouble, look, send, exportFiles, watch }
})

/** The files by which applications are carried by hand, and the outcomes that come back. Works locked, and without a network. */
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Failure } from '../../core/failures.ts'
import { localMoment } from '../../core/procedure/dates.ts'
import type { Result } from '../../core/result.ts'
import { useOutside, type Shared } from './outside.ts'
import { useOpening, type BroughtBack, type CarrierFile, type CarrierPlan } from './tablet.ts'

type Written = Awaited<ReturnType<Awaited<ReturnType<typeof useOpening>>['outbox']['writeExport']>>

export const useCarrier = defineStore('carrier', () => {
  const [opening, outside] = [useOpening(), useOutside()]
  const plan = shallowRef<CarrierPlan | null>(null)
  /** Numbers of the files of this plan that were handed over. */
  const handed = ref<ReadonlySet<number>>(new Set())
  let prepared: { readonly file: CarrierFile; readonly written: Written } | null = null

  async function makePlan(withPhotos: boolean): Promise<void> {
    const { outbox } = await opening
    plan.value = await outbox.planExport(withPhotos)
    handed.value = new Set()
    prepared = null
  }

  /** The name says when and which of how many, and nothing of anybody. */
  function nameOf({ number, of }: CarrierFile): string {
    return `tiepsuc-${localMoment(outside.nowMs()).date}${of === 1 ? '' : `-${number}-of-${of}`}.ndjson`
  }

  async function write(file: CarrierFile): Promise<Written> {
    if (prepared?.file === file) return prepared.written
    const { outbox } = await opening
    const written = await outbox.writeExport(file)
    prepared = { file, written }
    return written
  }

  async function noteHanded(file: CarrierFile, { written }: Written): Promise<void> {
    prepared = null
    handed.value = new Set([...handed.value, file.number])
    const { outbox } = await opening
    // A note that cannot be written is only a note: the file is with the person.
    await outbox.noteExported(written)
  }

  async function save(file: CarrierFile): Promise<void> {
    const written = await write(file)
    outside.handOver(nameOf(file), written.content)
    await noteHanded(file, written)
  }

  /** `tapAgain`: writing took longer than a browser lets a tap last; the file is ready now. */
  async function share(file: CarrierFile): Promise<Shared> {
    const written = await write(file)
    const shared = await outside.share(nameOf(file), written.content)
    if (shared === 'shared') await noteHanded(file, written)
    return shared
  }

  async function bringBack(files: readonly Blob[]): Promise<Result<BroughtBack, Failure>> {
    const { outbox } = await opening
    return outbox.bringBack(files)
  }

  return { plan, handed, canShare: outside.canShare(), makePlan, save, share, bringBack }
})

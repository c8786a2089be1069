/**
 * Who works on this tablet now. Locking is done in one order: first everything typed is saved (`beforeLock`), then the
 * vault forgets its key, then every store with plaintext empties itself (`emptyOnLock`). If saving fails the tablet stays
 * unlocked and says why: an answer is never thrown away for tidiness.
 */
import { defineStore } from 'pinia'
import { computed, ref, watch, type Ref } from 'vue'
import { type Failure } from '../../core/failures.ts'
import type { VolunteerId } from '../../core/ids.ts'
import { ok, type Result } from '../../core/result.ts'
import { useOutside } from './outside.ts'
import { useOpening, type ClaimedBadge, type Tablet, type VolunteerView } from './tablet.ts'

type Settle = () => Promise<Result<unknown, Failure>>

export const lockAfterChoicesMs = [60_000, 120_000, 300_000, 600_000] as const
const usualLockAfterMs = 120_000

/** Everything that must be on disk before the vault may close. */
function makeSettles(): { beforeLock: (settle: Settle) => () => void; settleAll: Settle } {
  const settles = new Set<Settle>()
  return {
    beforeLock(settle) {
      settles.add(settle)
      return () => {
        settles.delete(settle)
      }
    },
    async settleAll() {
      const answers = await Promise.all([...settles].map((settle) => settle()))
      return answers.find((answer) => !answer.ok) ?? ok()
    },
  }
}

async function mirrorVault({ vault }: Tablet, who: Ref<VolunteerView | null>, volunteers: Ref<VolunteerView[]>): Promise<void> {
  vault.watchLock((view) => {
    who.value = view
  })
  await new Promise<void>((resolve) => {
    vault.watchVolunteers((list) => {
      volunteers.value = list
      resolve()
    })
  })
}

export const useSession = defineStore('session', () => {
  const opening = useOpening()
  const outside = useOutside()
  const who = ref<VolunteerView | null>(null)
  const volunteers = ref<VolunteerView[]>([])
  const lockAfterMs = ref(lockAfterChoicesMs.find((ms) => String(ms) === outside.kept('lockAfterMs')) ?? usualLockAfterMs)
  const { beforeLock, settleAll } = makeSettles()

  /** Resolves once the volunteers of this tablet are known. Never rejects: `useDevice().broken` tells of broken storage. */
  const ready = opening.then((tablet) => mirrorVault(tablet, who, volunteers), () => undefined)

  const isLocked = computed(() => who.value === null)

  async function lock(): Promise<Result<unknown, Failure>> {
    const saved = await settleAll()
    if (!saved.ok) return saved
    const { vault } = await opening
    vault.lock()
    who.value = null
    return saved
  }

  async function unlock(volunteer: VolunteerId, passphrase: string): Promise<Result<VolunteerView, Failure>> {
    const { vault } = await opening
    return enter(await vault.unlock(volunteer, passphrase))
  }

  async function claimBadge(code: string): Promise<Result<ClaimedBadge, Failure>> {
    const { vault } = await opening
    return vault.claimBadge(code)
  }

  async function create(claimed: ClaimedBadge, passphrase: string): Promise<Result<VolunteerView, Failure>> {
    const { vault } = await opening
    return enter(await vault.create(claimed, passphrase))
  }

  function enter(answer: Result<VolunteerView, Failure>): Result<VolunteerView, Failure> {
    if (answer.ok) who.value = answer.value
    return answer
  }

  function setLockAfter(ms: number): void {
    lockAfterMs.value = lockAfterChoicesMs.find((choice) => choice === ms) ?? usualLockAfterMs
    outside.keep('lockAfterMs', String(lockAfterMs.value))
  }

  return { who, volunteers, lockAfterMs, ready, isLocked, beforeLock, settleAll, lock, unlock, claimBadge, create, setLockAfter }
})

/** Empties a store at the moment of locking, before anything is painted. */
export function emptyOnLock(empty: () => void): void {
  const session = useSession()
  watch(
    () => session.who,
    (who) => {
      if (who === null) empty()
    },
    { flush: 'sync' },
  )
}

/**
 * The citizen at the table. What the card says or somebody types once is offered in the next procedure of the visit;
 * ending the visit forgets it. A draft belongs to the visit in which it was begun and is filled from no other.
 */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Attachment } from '../../core/application/attachment.ts'
import type { Failure } from '../../core/failures.ts'
import type { ApplicationId } from '../../core/ids.ts'
import type { Answers } from '../../core/procedure/answers.ts'
import type { Facts } from '../../core/procedure/facts.ts'
import type { Pack } from '../../core/procedure/packShape.ts'
import { sortPhotos } from '../../core/procedure/photos.ts'
import { heard, learnt, newVisit, papersFor, visitorOf, withApplication, withoutApplication, type Telling, type Visit } from '../../core/procedure/visit.ts'
import { ok, type Result } from '../../core/result.ts'
import { useOutside } from './outside.ts'
import { emptyOnLock } from './session.ts'
import { useOpening } from './tablet.ts'

export const useVisit = defineStore('visit', () => {
  const opening = useOpening()
  const { nowMs } = useOutside()
  const visit = shallowRef<Visit | null>(null)

  emptyOnLock(() => {
    visit.value = null
  })
  opening
    .then((tablet) => {
      tablet.visit.watch((now) => {
        visit.value = now
      })
    })
    // Broken storage is told by the device store; without a visit everything is typed.
    .catch(() => undefined)

  async function keep(next: Visit): Promise<Result<undefined, Failure>> {
    visit.value = next
    return (await opening).visit.keep(next)
  }

  const current = (): Visit => visit.value ?? newVisit(nowMs())

  /**
   * Facts told at the table, by card or by typing, in a draft or not; they begin a visit when there is none. The answer says
   * whether they are another citizen's and began a visit of their own.
   */
  async function hear(facts: Facts, by?: ApplicationId): Promise<Result<{ isAnother: boolean }, Failure>> {
    const { visit: next, isAnother } = heard(current(), facts, nowMs(), by)
    const kept = await keep(next)
    return kept.ok ? ok({ isAnother }) : kept
  }

  /** A draft begun now belongs to this visit. */
  const add = (id: ApplicationId): Promise<Result<undefined, Failure>> => keep(withApplication(current(), id))

  const has = (id: ApplicationId): boolean => visit.value?.applications.includes(id) ?? false

  /** What a draft of this visit tells about the people in it, and the photos in it that the next one may offer. */
  async function learn(id: ApplicationId, told: Telling): Promise<Result<undefined, Failure>> {
    if (visit.value === null || !has(id)) return ok()
    return keep(learnt(visit.value, id, told))
  }

  /** A draft was thrown away: what is in it is not learnt. */
  async function drop(id: ApplicationId): Promise<Result<undefined, Failure>> {
    return visit.value === null || !has(id) ? ok() : keep(withoutApplication(visit.value, id))
  }

  /** Photos of this visit that the procedure asks for, that its answers allow, and that still lie on this tablet: sent ones may have made room. */
  async function photosFor(pack: Pack, asked: Answers): Promise<readonly Attachment[]> {
    if (visit.value === null) return []
    const { photos } = await opening
    const known = sortPhotos(pack, asked, papersFor(visit.value, pack)).allowed
    const read = await Promise.all(known.map((page) => photos.read(page)))
    return known.filter((_, index) => read[index]?.ok === true)
  }

  async function end(): Promise<Result<undefined, Failure>> {
    visit.value = null
    return (await opening).visit.end()
  }

  return { visit, visitor: computed(() => (visit.value === null ? '' : visitorOf(visit.value))), hear, add, has, learn, drop, photosFor, end }
})

/** The open drafts of the volunteer who is unlocked. Rows mirror the vault; contents go to the form and stay there. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Attachment } from '../../core/application/attachment.ts'
import type { Bytes } from '../../core/bytes.ts'
import type { Failure } from '../../core/failures.ts'
import type { ApplicationId, PackRef } from '../../core/ids.ts'
import type { Result } from '../../core/result.ts'
import { emptyOnLock } from './session.ts'
import { useOpening, type Draft, type DraftContent, type DraftRow, type NewPhoto } from './tablet.ts'

export const useDrafts = defineStore('drafts', () => {
  const opening = useOpening()
  const rows = shallowRef<readonly DraftRow[]>([])
  const known = ref(false)
  /** Drafts with answers that are typed and not yet on disk. */
  const unsaved = ref<ReadonlySet<ApplicationId>>(new Set())

  emptyOnLock(() => {
    rows.value = []
    known.value = false
    unsaved.value = new Set()
  })
  opening
    .then((tablet) => {
      tablet.drafts.watch((list) => {
        rows.value = list
        known.value = true
      })
    })
    .catch(() => {
      known.value = true
    })

  const hasUnsaved = computed(() => unsaved.value.size > 0)

  function noteUnsaved(id: ApplicationId, isUnsaved: boolean): void {
    const next = new Set(unsaved.value)
    if (isUnsaved) next.add(id)
    else next.delete(id)
    unsaved.value = next
  }

  type Origin = { inReplyTo: ApplicationId; answers: Record<string, unknown> }
  const start = async (pack: PackRef, from?: Origin): Promise<Result<Draft, Failure>> =>
    (await opening).drafts.start(pack, from)
  const open = async (id: ApplicationId): Promise<Result<Draft, Failure>> => (await opening).drafts.open(id)
  const save = async (id: ApplicationId, version: number, content: DraftContent, why?: 'toSeal'): Promise<Result<number, Failure>> =>
    (await opening).drafts.save(id, version, content, why)
  const move = async (id: ApplicationId, version: number, pack: PackRef, content: DraftContent): Promise<Result<number, Failure>> =>
    (await opening).drafts.move(id, version, pack, content)
  const discard = async (id: ApplicationId): Promise<Result<undefined, Failure>> => (await opening).drafts.discard(id)
  const finalise = async (id: ApplicationId, version: number): Promise<Result<{ localCode: string }, Failure>> =>
    (await opening).drafts.finalise(id, version)

  const keepPhoto = async (photo: NewPhoto): Promise<Result<Attachment, Failure>> => (await opening).photos.keep(photo)
  const readPhoto = async (page: Attachment): Promise<Result<Bytes, Failure>> => (await opening).photos.read(page)
  const forgetPhotos = async (pages: readonly Attachment[]): Promise<void> => (await opening).photos.forget(pages)

  return { rows, known, unsaved, hasUnsaved, noteUnsaved, start, open, save, move, discard, finalise, keepPhoto, readPhoto, forgetPhotos }
})

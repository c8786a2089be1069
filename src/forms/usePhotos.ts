/**
 * Photos of the open draft. A page is shown only when its bytes and the draft that names it are both on disk; a page that
 * is taken out leaves the draft first and the disk afterwards. One thing at a time, so that pages keep their order.
 */
import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { maxAttachments, maxPagesOfPaper, pageCounts, pagesOf, withoutPage, withPage, withPageReplaced, type Attachment } from '../../core/application/attachment.ts'
import type { Bytes } from '../../core/bytes.ts'
import type { Failure } from '../../core/failures.ts'
import type { PageCounts } from '../../core/procedure/checklist.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { ShrinkTrouble } from '../composables/shrinkPhoto.ts'
import type { PhotoHint } from '../composables/photoHint.ts'
import { usePhotoShrink, type Shrink } from '../composables/usePhotoShrink.ts'
import { useDrafts } from '../stores/drafts.ts'
import { inTurn } from './inTurn.ts'
import type { ProcedureForm } from './useProcedureForm.ts'

/** Why a page was not taken: the file, or the tablet. */
export type PhotoProblem = { readonly file: ShrinkTrouble | 'tooManyPages' } | { readonly tablet: Failure }

/** What became of a page that was taken. */
export interface TakenPage {
  readonly page: Attachment
  readonly hint: PhotoHint | null
}

export interface Photos {
  readonly busy: Ref<boolean>
  readonly counts: ComputedRef<PageCounts>
  readonly pagesOf: (document: string) => readonly Attachment[]
  /** Takes a file as a new page, or in the place of an old one. */
  readonly take: (document: string, file: Blob, insteadOf?: string) => Promise<Result<TakenPage, PhotoProblem>>
  readonly remove: (id: string) => Promise<Result<undefined, PhotoProblem>>
  readonly read: (page: Attachment) => Promise<Result<Bytes, Failure>>
}

type PhotosOf = Pick<ProcedureForm, 'attachments' | 'saver' | 'inHand'>

const atTablet = (failure: Failure): { ok: false; failure: PhotoProblem } => fail({ tablet: failure })

type Acts = Pick<Photos, 'take' | 'remove'>

/** What is done to pages, one after the other; `usePhotos` sees to that. */
function makeActs({ attachments, saver }: PhotosOf, drafts: ReturnType<typeof useDrafts>, shrink: Shrink): Acts {
  /** Saves the draft with another list; when that fails the old list stands, on the screen as on disk. */
  async function saveWith(next: readonly Attachment[]): Promise<Result<number, Failure>> {
    const before = attachments.value
    attachments.value = next
    saver.changed()
    const saved = await saver.flush()
    if (!saved.ok) attachments.value = before
    return saved
  }

  async function take(document: string, file: Blob, insteadOf?: string): Promise<Result<TakenPage, PhotoProblem>> {
    const full = pagesOf(attachments.value, document).length >= maxPagesOfPaper || attachments.value.length >= maxAttachments
    if (insteadOf === undefined && full) return fail({ file: 'tooManyPages' })
    const shrunk = await shrink(file)
    if (!shrunk.ok) return fail({ file: shrunk.failure })
    const { hint, ...photo } = shrunk.value
    const kept = await drafts.keepPhoto({ document, ...photo })
    if (!kept.ok) return atTablet(kept.failure)
    const old = attachments.value.filter(({ id }) => id === insteadOf)
    const replaces = insteadOf !== undefined && old.length > 0
    const saved = await saveWith(replaces ? withPageReplaced(attachments.value, insteadOf, kept.value) : withPage(attachments.value, kept.value))
    await drafts.forgetPhotos(saved.ok ? old : [kept.value])
    if (!saved.ok) return atTablet(saved.failure)
    return ok({ page: attachments.value.find(({ id }) => id === kept.value.id) ?? kept.value, hint })
  }

  async function remove(id: string): Promise<Result<undefined, PhotoProblem>> {
    const gone = attachments.value.filter((attachment) => attachment.id === id)
    const saved = await saveWith(withoutPage(attachments.value, id))
    if (!saved.ok) return atTablet(saved.failure)
    await drafts.forgetPhotos(gone)
    return ok()
  }

  return { take, remove }
}

/** Must be called in a component's setup. */
export function usePhotos(form: PhotosOf): Photos {
  const { attachments, inHand } = form
  const drafts = useDrafts()
  const { take, remove } = makeActs(form, drafts, usePhotoShrink())
  const busy = ref(false)

  const showsBusy = <T>(work: () => Promise<T>): Promise<T> =>
    inTurn(inHand, async () => {
      busy.value = true
      try {
        return await work()
      } finally {
        busy.value = false
      }
    })

  return {
    busy,
    counts: computed(() => pageCounts(attachments.value)),
    pagesOf: (document) => pagesOf(attachments.value, document),
    take: (document, file, insteadOf) => showsBusy(() => take(document, file, insteadOf)),
    remove: (id) => showsBusy(() => remove(id)),
    read: drafts.readPhoto,
  }
}

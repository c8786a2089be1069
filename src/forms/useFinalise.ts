/**
 * From a draft that is right to a sealed application. What is sealed is exactly what was asked: answers to hidden questions,
 * photos of papers that are not called for and photos that nobody agreed to are left out, every paper of the checklist has
 * a state. If sealing fails, the whole draft is put back as it was typed.
 */
import { pageCounts } from '../../core/application/attachment.ts'
import { slipFor } from '../../core/application/slip.ts'
import { type Failure } from '../../core/failures.ts'
import type { Answers } from '../../core/procedure/answers.ts'
import { checklist, storedState } from '../../core/procedure/checklist.ts'
import { sortPhotos } from '../../core/procedure/photos.ts'
import type { Problem } from '../../core/procedure/problems.ts'
import { pruneHidden, validate } from '../../core/procedure/validate.ts'
import type { Result } from '../../core/result.ts'
import { useDrafts } from '../stores/drafts.ts'
import type { DraftContent } from '../stores/tablet.ts'
import type { ProcedureForm } from './useProcedureForm.ts'

export interface Finalising {
  /** Every error of the draft; finalising is possible when there is none. */
  readonly errors: () => readonly Problem[]
  readonly finalise: () => Promise<Result<{ localCode: string }, Failure>>
}

export function useFinalise(form: ProcedureForm): Finalising {
  const drafts = useDrafts()
  const { pack } = form.procedure
  const { id } = form.draft

  const asked = (): Answers => pruneHidden(pack, form.answers.value, form.context())

  function contentToSeal(): DraftContent {
    const answers = asked()
    const pages = pageCounts(form.attachments.value)
    const list = checklist(pack, answers, form.papers.value, form.context(), pages)
    const papers = Object.fromEntries(list.map((paper) => [paper.id, storedState(paper)] as const))
    // A photo of a paper that these answers no longer call for is not sent, like the answer to a hidden question.
    const { allowed } = sortPhotos(pack, answers, form.attachments.value)
    const attachments = allowed.filter(({ document }) => Object.hasOwn(papers, document))
    const slip = slipFor(pack, answers, form.papers.value, form.context(), pages)
    return { ...form.content(answers), papers, attachments, slip }
  }

  /** Another window has finalised or discarded it. */
  function loseIfGone(saved: Result<number, Failure>): void {
    if (!saved.ok && saved.failure.kind === 'notFound') form.saver.lose()
  }

  async function finalise(): Promise<Result<{ localCode: string }, Failure>> {
    // A photo that was just taken belongs to what is sealed.
    await Promise.allSettled(form.inHand)
    const saved = await form.saver.flush()
    if (!saved.ok) return saved
    const narrowed = await drafts.save(id, saved.value, contentToSeal(), 'toSeal')
    loseIfGone(narrowed)
    if (!narrowed.ok) return narrowed
    const sealed = await drafts.finalise(id, narrowed.value)
    if (!sealed.ok) {
      const restored = await drafts.save(id, narrowed.value, form.content(), 'toSeal')
      loseIfGone(restored)
      form.saver.rebase(restored.ok ? restored.value : narrowed.value)
      return sealed
    }
    form.saver.end()
    // Nobody agreed to keep them, so they do not wait for the next start. What another draft names stays.
    await drafts.forgetPhotos(sortPhotos(pack, asked(), form.attachments.value).notAllowed)
    return sealed
  }

  return { errors: () => validate(pack, form.answers.value, form.context()).filter(({ level }) => level === 'error'), finalise }
}

/**
 * What happens to a field: typed into, or left. Typing writes the value and nothing else that grows with the form; leaving
 * puts the answer in order, saves, and only then lets the page move: a note goes, a problem comes, other fields appear.
 */
import { answerTo, type AnswerValue } from '../../core/procedure/answers.ts'
import type { Field, KindName } from '../../core/procedure/packShape.ts'
import { tidyAnswer } from '../../core/procedure/validate.ts'
import type { DraftSaver } from './draftSaver.ts'
import type { ProblemsShown } from './problemsShown.ts'
import type { AnswersInForm } from './useAnswers.ts'

export interface ActParts extends AnswersInForm {
  readonly saver: DraftSaver
  readonly problems: ProblemsShown
  /** Ids of fields and places of cells that somebody has been at. */
  readonly touched: Set<string>
  readonly fieldOf: (fieldId: string) => Field | undefined
  /** Resolves when no press is going on, so that what is being pressed does not move away. */
  readonly released: () => Promise<void>
}

export interface FieldActs {
  readonly type: (fieldId: string, value: AnswerValue | undefined) => void
  readonly leave: (fieldId: string) => Promise<void>
}

/** Kinds that are chosen, not typed: choosing is leaving. */
export const chosenKinds: ReadonlySet<KindName> = new Set<KindName>(['choice', 'yesNo', 'declaration', 'consent'])
/** Kinds that are chosen bit by bit: what depends on them is asked at once, but nobody is told off before he has left. */
export const growingKinds: ReadonlySet<KindName> = new Set<KindName>(['multiChoice', 'signature'])

/** Saves, waits for the release, then says what is wrong. `judge` shows the problems of what was left. */
export async function afterLeaving(parts: ActParts, fieldId: string, places: readonly string[], judge: () => void): Promise<void> {
  const { saver, released, touched, settle, problems, ask } = parts
  const saved = saver.flush()
  await released()
  for (const place of places) touched.add(place)
  settle()
  judge()
  problems.judgeOthers(fieldId)
  await ask(fieldId)
  await saved
  await saver.flush()
}

export function makeFieldActs(parts: ActParts): FieldActs {
  const { answers, write, settle, problems, touched, fieldOf, released } = parts

  async function leave(fieldId: string): Promise<void> {
    const field = fieldOf(fieldId)
    if (field === undefined) return
    const typed = answerTo(answers.value, fieldId)
    const tidy = tidyAnswer(field, typed)
    if (tidy !== typed) write(fieldId, tidy)
    await afterLeaving(parts, fieldId, [fieldId], () => {
      problems.judge([fieldId])
    })
  }

  function type(fieldId: string, value: AnswerValue | undefined): void {
    touched.add(fieldId)
    write(fieldId, value)
    const kind = fieldOf(fieldId)?.kind
    if (kind !== undefined && chosenKinds.has(kind)) {
      void leave(fieldId)
      return
    }
    problems.forgive(fieldId)
    if (kind !== undefined && growingKinds.has(kind)) void released().then(settle)
  }

  return { type, leave }
}

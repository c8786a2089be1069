/**
 * Two contents that came under one id, side by side: what differs in the answers and papers, by the words of the forms.
 * Pure; a content that cannot be read as a form is not compared.
 */
import type { ReadForm } from './form.ts'

export interface Difference {
  readonly id: string
  readonly label: string
  /** '' for an item left empty or not asked. */
  readonly first: string
  readonly second: string
}

type Item = Pick<Difference, 'id' | 'label'> & { readonly text: string }

function itemsOf(form: ReadForm, paperState: (state: ReadForm['papers'][number]['state']) => string): readonly Item[] {
  const lines = form.sections.flatMap((section) => section.lines.map(({ id, label, text }) => ({ id, label, text })))
  const papers = form.papers.map(({ id, name, state }) => ({ id: `paper ${id}`, label: name, text: paperState(state) }))
  return [...lines, ...papers]
}

/** What the second says otherwise than the first, in the order of the first; what only the second has comes last. */
export function differences(first: ReadForm, second: ReadForm, paperState: (state: ReadForm['papers'][number]['state']) => string): readonly Difference[] {
  const here = itemsOf(first, paperState)
  const there = itemsOf(second, paperState)
  const textIn = (items: readonly Item[], id: string): string => items.find((item) => item.id === id)?.text ?? ''
  const onlyThere = there.filter(({ id }) => here.every((item) => item.id !== id))
  return [...here, ...onlyThere]
    .map(({ id, label }) => ({ id, label, first: textIn(here, id), second: textIn(there, id) }))
    .filter((item) => item.first !== item.second)
}

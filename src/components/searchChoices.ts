/**
 * Finding one of many by a few letters, with or without diacritics, by beginnings of words: "tay" finds Tày and Tà-ôi is
 * left alone. Who types marks means them, so choices with the very marks come first.
 */
import { searchKey, toneKey } from '../../core/identity/fold.ts'
import type { Choice } from './field.ts'

const wordsOf = (text: string): string[] => text.split(/[\s\-/(),.]+/u).filter((word) => word !== '')

function beginsAll(sought: readonly string[], words: readonly string[]): boolean {
  return sought.every((part) => words.some((word) => word.startsWith(part)))
}

function rank(choice: Choice, query: string): number {
  const [key, marked] = [searchKey(query), toneKey(query)]
  const label = searchKey(choice.label)
  if (!beginsAll(wordsOf(key), wordsOf(`${label} ${searchKey(choice.words ?? '')}`))) return -1
  const exact = beginsAll(wordsOf(marked), wordsOf(toneKey(`${choice.label} ${choice.words ?? ''}`)))
  return (exact ? 0 : 4) + (label === key ? 0 : label.startsWith(key) ? 1 : 2)
}

/** The choices that the query finds, best first; all of them, in their own order, for an empty query. */
export function searchChoices(choices: readonly Choice[], query: string): readonly Choice[] {
  if (query.trim() === '') return choices
  return choices
    .map((choice) => ({ choice, rank: rank(choice, query) }))
    .filter((found) => found.rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .map((found) => found.choice)
}

/** The one choice whose label is what was typed, marks or not; undefined when none or several are. */
export function sameChoice(choices: readonly Choice[], typed: string): Choice | undefined {
  const exact = choices.find((choice) => toneKey(choice.label) === toneKey(typed))
  const alike = choices.filter((choice) => searchKey(choice.label) === searchKey(typed))
  return exact ?? (alike.length === 1 ? alike[0] : undefined)
}

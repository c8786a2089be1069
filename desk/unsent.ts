/**
 * Sentences that an officer has typed and not sent, kept in memory by officer and case, so that an ended session or a way
 * back loses nothing. Emptied by signing out; gone with the page.
 */
export interface Unsent {
  readonly keep: (officer: string, place: string, text: string) => void
  readonly find: (officer: string, place: string) => string
  readonly drop: (officer: string, place: string) => void
  readonly empty: () => void
}

/** An empty memory. A place is a case and an act, such as `{id}/refuse`. */
export function makeUnsent(): Unsent {
  const texts = new Map<string, string>()
  const key = (officer: string, place: string): string => `${officer}\n${place}`
  return {
    keep: (officer, place, text) => void texts.set(key(officer, place), text),
    find: (officer, place) => texts.get(key(officer, place)) ?? '',
    drop: (officer, place) => void texts.delete(key(officer, place)),
    empty: () => {
      texts.clear()
    },
  }
}

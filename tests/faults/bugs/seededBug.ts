/**
 * A bug that somebody could make, a few letters of the product changed, and the part of the lab that must notice. `from` must
 * stand exactly once in its file: a product that moved on breaks the list and not its meaning.
 */
export interface SeededBug {
  readonly name: string
  readonly file: string
  readonly from: string
  readonly to: string
  /** Options of the run that must notice, besides the usual ones. */
  readonly besides?: readonly string[]
}

export const outbox = 'src/offline/outbox'

/**
 * What a run leaves behind about drafts: what a person had asked to keep, what was shown as kept, and what lies on the tablet
 * afterwards. A mark stands for everything that one save held: its words, and the bytes of its photos.
 */
export type DraftLine =
  /** Asked for; nobody was told that it is kept. */
  | { readonly what: 'saving'; readonly draft: string; readonly mark: string }
  /** A person was told that it is kept. */
  | { readonly what: 'saved'; readonly draft: string; readonly mark: string }
  /** From here on it may stand in the outbox instead. */
  | { readonly what: 'finalising'; readonly draft: string }
  /** A person asked that it be thrown away: from here on it may be gone. */
  | { readonly what: 'discarding'; readonly draft: string }
  /** The tablet's files were harmed: what was kept until then may be gone, if a person is told. */
  | { readonly what: 'damaged' }
  /** A person was told that drafts may be missing. */
  | { readonly what: 'alarm' }

/** A draft as it lies on the tablet at the end; `mark` is null when it cannot be read. */
export interface DraftOnTablet {
  readonly draft: string
  readonly mark: string | null
}

export interface DraftEnding {
  readonly drafts: readonly DraftOnTablet[]
  /** Ids of applications on the tablet. */
  readonly items: readonly string[]
}

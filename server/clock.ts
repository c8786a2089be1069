/** The office's time, handed in so that tests hold it. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number
}

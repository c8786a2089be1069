/** A long run that many may ask for at once: it runs for all of them together. */

/**
 * `run`, shared: who asks while it runs gets the one after it, which has seen everything that was there when they asked, and
 * so do all who ask until then. Of any number there are never more than one running and one waiting.
 */
export function together(run: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | null = null
  let waiting: Promise<void> | null = null
  const begin = (): Promise<void> => {
    waiting = null
    const begun = run().finally(() => {
      if (underWay === begun) underWay = null
    })
    underWay = begun
    return begun
  }
  return () => (underWay === null ? (waiting ?? begin()) : (waiting ??= underWay.then(begin, begin)))
}

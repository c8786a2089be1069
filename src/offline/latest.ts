/** Small orderings of asynchronous work. */

/** Runs `work` for each value and tells only the result of the newest one, so that an old answer never overwrites a new. */
export function latestOnly<T, R>(work: (value: T) => Promise<R>, tell: (result: R) => void, onTrouble: (cause: unknown) => void): (value: T) => void {
  let newest = 0
  return (value) => {
    newest += 1
    const mine = newest
    work(value).then((result) => {
      if (mine === newest) tell(result)
    }, onTrouble)
  }
}

/** Runs `work` one at a time; being asked again meanwhile runs it once more afterwards. */
export function oneAtATime<R>(work: () => Promise<R>): () => Promise<R> {
  let running: Promise<R> | null = null
  let following: Promise<R> | null = null
  return function ask(): Promise<R> {
    if (running === null) {
      running = work().finally(() => (running = null))
      return running
    }
    following ??= running.then(work, work).finally(() => (following = null))
    return following
  }
}

/** Nothing in the lab waits for ever: a walk that hangs is itself a finding, and must not stop the run. */
export class OutOfTime extends Error {
  constructor(what: string, ms: number) {
    super(`${what}: not within ${ms} ms`)
    this.name = 'OutOfTime'
  }
}

/** What the work answers, or OutOfTime. The work itself is not ended by it. */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OutOfTime(what, ms)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

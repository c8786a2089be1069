/** What must be ended again, in reverse order, once, each whatever the others do. */
export interface Undo {
  readonly add: (step: () => Promise<void>) => void
  readonly run: () => Promise<void>
}

export function makeUndo(): Undo {
  const steps: (() => Promise<void>)[] = []
  const runAll = async (): Promise<void> => {
    const troubles: unknown[] = []
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      await step().catch((cause: unknown) => troubles.push(cause))
    }
    if (troubles.length > 0) throw new AggregateError(troubles, 'the office did not stop in good order')
  }
  let running: Promise<void> | null = null
  return { add: (step) => steps.push(step), run: () => (running ??= runAll()) }
}

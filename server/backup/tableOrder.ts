/** Tables in an order in which they can be filled: whatever a row points to is there before it. */
export interface Reference {
  readonly from: string
  readonly to: string
}

/** The tables, each after all that it refers to. A table that refers to itself is no hindrance; a ring is a bug. */
export function fillingOrder(tables: readonly string[], references: readonly Reference[]): string[] {
  const ordered: string[] = []
  let waiting = [...tables].sort()
  while (waiting.length > 0) {
    const ready = waiting.filter((table) => references.every(({ from, to }) => from !== table || to === table || !waiting.includes(to)))
    if (ready.length === 0) throw new RangeError(`tables refer to each other in a ring: ${waiting.join(', ')}`)
    ordered.push(...ready)
    waiting = waiting.filter((table) => !ready.includes(table))
  }
  return ordered
}

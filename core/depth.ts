/** How deep a value from outside is nested. Whoever walks a value by calling itself asks first: no stack is deep enough for everything. */

/** Deeper than anything that is ours, and far from what a stack holds. */
export const deepestJson = 128

/** Walks level by level and not by calling itself. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  let level: readonly unknown[] = [value]
  for (let left = levels; left > 0 && level.length > 0; left -= 1) {
    level = level.flatMap((one): readonly unknown[] => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return level.length > 0
}

import { parseArgs } from 'node:util'

export interface Arguments<Option extends string, Flag extends string = never> {
  readonly named: Readonly<Partial<Record<Option, string>>>
  readonly flags: ReadonlySet<Flag>
  /** What stands without a name, in its order. */
  readonly rest: readonly string[]
}

/** Reads `--option VALUE` for these options and `--flag` for these flags; null when one is not known or lacks its value. */
export function readArguments<Option extends string, Flag extends string = never>(
  args: readonly string[],
  options: readonly Option[],
  flags: readonly Flag[] = [],
): Arguments<Option, Flag> | null {
  try {
    const known: Record<string, { type: 'string' | 'boolean' }> = {}
    for (const option of options) known[option] = { type: 'string' }
    for (const flag of flags) known[flag] = { type: 'boolean' }
    const { values: given, positionals } = parseArgs({ args: [...args], options: known, allowPositionals: true })
    const values: Readonly<Record<string, unknown>> = given
    const named: Partial<Record<Option, string>> = {}
    for (const option of options) {
      const value = values[option]
      if (typeof value === 'string') named[option] = value
    }
    return { named, flags: new Set(flags.filter((flag) => values[flag] === true)), rest: positionals }
  } catch (cause) {
    if (cause instanceof TypeError) return null // parseArgs' own word for what it does not know
    throw cause
  }
}

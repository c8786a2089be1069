import { parseArgs } from 'node:util'

export interface Arguments<Option extends string> {
  readonly named: Readonly<Partial<Record<Option, string>>>
  /** What stands without a name, in its order. */
  readonly rest: readonly string[]
}

/** Reads `--option VALUE` for these options, each of which has a value; null when one is not known or has none. */
export function readArguments<Option extends string>(args: readonly string[], options: readonly Option[]): Arguments<Option> | null {
  try {
    const known = Object.fromEntries(options.map((option) => [option, { type: 'string' }] as const))
    const { values, positionals } = parseArgs({ args: [...args], options: known, allowPositionals: true })
    const named: Partial<Record<Option, string>> = {}
    for (const option of options) if (typeof values[option] === 'string') named[option] = values[option]
    return { named, rest: positionals }
  } catch (cause) {
    if (cause instanceof TypeError) return null // parseArgs' own word for what it does not know
    throw cause
  }
}

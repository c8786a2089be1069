/** The packs of this repository as files: pack, words and examples, read once for the tests. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface PackFolder {
  readonly code: string
  readonly version: string
  readonly pack: unknown
  readonly texts: Readonly<Record<string, unknown>>
  readonly examples: Readonly<Record<string, unknown>>
}

const root = join(import.meta.dirname, '..', '..', 'procedures')

const json = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(root, ...path), 'utf8'))

/** The general problem texts and the holiday calendar. */
export const readProcedureFile = (...path: readonly string[]): unknown => json(...path)

const folders = (...path: readonly string[]): readonly string[] =>
  readdirSync(join(root, ...path), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)

const filesAs = (suffix: RegExp, ...path: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    readdirSync(join(root, ...path)).flatMap((file): [string, unknown][] => {
      const name = suffix.exec(file)?.[1]
      return name === undefined ? [] : [[name, json(...path, file)]]
    }),
  )

/** Every version of every procedure. */
export const packFolders: readonly PackFolder[] = folders()
  .filter((code) => /^\d\.\d{6}$/.test(code))
  .flatMap((code) =>
    folders(code).map((version) => ({
      code,
      version,
      pack: json(code, version, 'pack.json'),
      texts: filesAs(/^texts\.([a-z]{2})\.json$/, code, version),
      examples: filesAs(/^(.+)\.json$/, code, version, 'examples'),
    })),
  )

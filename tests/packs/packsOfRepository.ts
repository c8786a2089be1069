/** The packs of this repository as files: pack, words and examples, read once for the tests. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readBlocks } from '../../server/packs/blocks.ts'
import { expand } from '../../server/packs/expand.ts'

export interface PackFolder {
  readonly code: string
  readonly version: string
  readonly pack: unknown
  readonly texts: Readonly<Record<string, unknown>>
  readonly examples: Readonly<Record<string, unknown>>
}

const root = join(import.meta.dirname, '..', '..', 'procedures')
export const proceduresFolder = root

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

/** The blocks that packs share. */
export const blocks = await readBlocks(root, (sentence) => {
  throw new Error(sentence)
})

/** A pack and its words with the blocks put in, as the office reads them. */
function expanded(code: string, version: string): Pick<PackFolder, 'pack' | 'texts'> {
  const put = expand(json(code, version, 'pack.json'), blocks)
  if (!put.ok) throw new Error(`${code}@${version}: ${put.failure.why}`)
  const words = filesAs(/^texts\.([a-z]{2})\.json$/, code, version)
  return { pack: put.value.pack, texts: Object.fromEntries(Object.entries(words).map(([locale, own]) => [locale, put.value.texts(own)])) }
}

/** Every version of every procedure. */
export const packFolders: readonly PackFolder[] = folders()
  .filter((code) => /^\d\.\d{6}$/.test(code))
  .flatMap((code) =>
    folders(code).map((version) => ({
      code,
      version,
      ...expanded(code, version),
      examples: filesAs(/^(.+)\.json$/, code, version, 'examples'),
    })),
  )

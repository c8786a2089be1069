/**
 * One pack's folder, judged for whoever writes it: what the office would refuse, with the file and the line. The rules are
 * those of the office (`parsePack`, `parseTexts`, `validate`); here is only where to look.
 */
import { join } from 'node:path'
import * as v from 'valibot'
import { packTrouble } from '../../../core/procedure/packRules.ts'
import { packSchema, type Pack } from '../../../core/procedure/packShape.ts'
import { textsSchema, textTroubles } from '../../../core/procedure/texts.ts'
import { readIfThere } from '../../keys/keyFiles.ts'
import type { Blocks } from '../blocks.ts'
import { expand, type Expanded } from '../expand.ts'
import { namesIn } from '../folder.ts'
import { checkExamples } from './checkExamples.ts'
import { sourceFile, type Finding, type SourceFile } from './sourceFile.ts'
import { staleHints } from './staleHints.ts'

const languages = ['vi', 'en']

/** Everything wrong with `<code>/<version>` of a procedures folder; empty when the office would take it. */
export async function checkPack(proceduresFolder: string, code: string, version: string, blocks: Blocks): Promise<readonly Finding[]> {
  const read = (...path: readonly string[]): Promise<SourceFile | null> => readSource(proceduresFolder, code, version, ...path)
  const file = await read('pack.json')
  if (file === null) return [{ file: `${code}/${version}/pack.json`, line: 1, why: 'is not there' }]
  if (file.broken !== null) return [file.broken]
  const expanded = expand(file.value, blocks)
  if (!expanded.ok) return [{ file: file.file, line: file.lineOf(expanded.failure.path), why: expanded.failure.why }]
  const parsed = v.safeParse(packSchema, expanded.value.pack)
  if (!parsed.success) return parsed.issues.map((issue) => shapeFinding(file, issue, expanded.value.pack))
  const pack = parsed.output
  const trouble = packTrouble(pack)
  const own = pack.code === code && pack.version === version ? [] : [{ file: file.file, line: file.lineOf(['code']), why: 'code and version are not those of its folder' }]
  const rules = trouble === null ? [] : [{ file: file.file, line: lineOfPlace(file, trouble.at), why: `${trouble.at}: ${trouble.why}` }]
  const texts = await Promise.all(
    languages.map(async (locale) => {
      const words = await read(`texts.${locale}.json`)
      return [...checkTexts(pack, locale, words, expanded.value, `${code}/${version}`), ...checkHints(file, words, locale, blocks)]
    }),
  )
  if (rules.length > 0) return [...own, ...rules, ...texts.flat()]
  const examples = await Promise.all((await namesIn(join(proceduresFolder, code, version, 'examples'), /\.json$/)).map((name) => read('examples', name)))
  return [...own, ...texts.flat(), ...checkExamples(pack, file, examples.filter((one) => one !== null))]
}

async function readSource(proceduresFolder: string, ...path: readonly string[]): Promise<SourceFile | null> {
  const text = await readIfThere(join(proceduresFolder, ...path))
  return text === null ? null : sourceFile(path.join('/'), text)
}

type Issue = v.InferIssue<typeof packSchema>

/** The place of a shape's fault: found by the id of the entry it is in, since blocks move the others. */
function shapeFinding(file: SourceFile, issue: Issue, pack: unknown): Finding {
  const path = issue.path?.map(({ key }) => (typeof key === 'number' ? key : String(key))) ?? []
  const ids = path.flatMap((_, depth) => idAt(pack, path.slice(0, depth + 1)))
  const byId = ids.map((id) => file.lineOfText(id)).filter((line) => line !== null).at(-1)
  return { file: file.file, line: byId ?? file.lineOf(path), why: `${[...ids.slice(-1), path.at(-1)].join('.')}: ${issue.message}` }
}

function idAt(pack: unknown, path: readonly (string | number)[]): readonly string[] {
  const entry = path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === String(key))?.[1] : undefined), pack)
  return typeof entry === 'object' && entry !== null && 'id' in entry && typeof entry.id === 'string' ? [entry.id] : []
}

/** A place such as `me.docNo.when`: the line of the longest head of it that the file names. */
function lineOfPlace(file: SourceFile, place: string): number {
  const words = place.replace(/^(?:derivation of|fields\.|sections\.|documents\.|checks\.)\s*/, '').split('.')
  for (let length = words.length; length > 0; length -= 1) {
    const line = file.lineOfText(words.slice(0, length).join('.'))
    if (line !== null) return line
  }
  return file.lineOf([words[0] ?? ''])
}

/** The words of a block that the pack has made untrue. */
function checkHints(pack: SourceFile, words: SourceFile | null, locale: string, blocks: Blocks): readonly Finding[] {
  if (words?.broken !== null) return []
  return staleHints(pack.value, words.value, locale, blocks).map((id) => ({
    file: words.file, line: words.lineOf(['fields']), why: `fields.${id}: the hint of the block speaks of another precision; say what is asked here`,
  }))
}

function checkTexts(pack: Pack, locale: string, file: SourceFile | null, { texts: wordsOf, unusedWords }: Expanded, folder: string): readonly Finding[] {
  if (file === null) return [{ file: `${folder}/texts.${locale}.json`, line: 1, why: 'is not there' }]
  if (file.broken !== null) return [file.broken]
  const parsed = v.safeParse(textsSchema, wordsOf(file.value))
  if (!parsed.success) {
    return parsed.issues.map((issue) => {
      const path = issue.path?.map(({ key }) => (typeof key === 'number' ? key : String(key))) ?? []
      return { file: file.file, line: file.lineOf(path), why: `${path.join('.')}: ${issue.message}` }
    })
  }
  const unused = unusedWords(file.value).map((name) => `uses.${name}: the pack uses no block as ${name}`)
  return [...unused, ...textTroubles(pack, parsed.output)].map((why) => {
    const [place = ''] = why.split(/[.:]/)
    const id = /\.(.+): /.exec(why)?.[1] ?? ''
    return { file: file.file, line: file.lineOf([place, id]), why }
  })
}

/**
 * Whether the examples of a pack say what the rules say. A pack shows at least two applications that may be sent and four
 * that must be refused, and every paper of its list is called for by one of them: a paper that nobody ever needs may not be
 * on it.
 */
import * as v from 'valibot'
import { parseAnswers } from '../../../core/procedure/answers.ts'
import { checklist } from '../../../core/procedure/checklist.ts'
import { feeFor } from '../../../core/procedure/fees.ts'
import type { Pack } from '../../../core/procedure/packShape.ts'
import { mayFinalise } from '../../../core/procedure/problems.ts'
import { normaliseAnswers, validate } from '../../../core/procedure/validate.ts'
import type { Finding, SourceFile } from './sourceFile.ts'

export const exampleShape = v.strictObject({
  about: v.pipe(v.string(), v.minLength(1)),
  today: v.pipe(v.string(), v.isoDate()),
  answers: v.record(v.string(), v.unknown()),
  problems: v.array(v.strictObject({ field: v.string(), rule: v.string(), level: v.string() })),
  papers: v.exactOptional(v.array(v.string())),
  fee: v.exactOptional(v.number()),
})

export const fewestValid = 2
export const fewestRefused = 4

const isRefused = ({ file }: SourceFile): boolean => /(?:^|\/)refused-[^/]*$/.test(file)

/** Everything that is wrong with these examples of a pack; `packFile` is where the pack itself stands. */
export function checkExamples(pack: Pack, packFile: SourceFile, examples: readonly SourceFile[]): readonly Finding[] {
  const refused = examples.filter(isRefused).length
  const [valid, called] = [examples.length - refused, new Set<string>()]
  const found = examples.flatMap((example) => checkExample(pack, example, called))
  const few = (have: number, want: number, what: string): readonly Finding[] =>
    have < want ? [{ file: packFile.file, line: 1, why: `has ${have} examples ${what}, and needs ${want}` }] : []
  const uncalled = found.length > 0 ? [] : pack.documents.filter(({ id }) => !called.has(id))
  return [
    ...few(valid, fewestValid, 'that may be sent'),
    ...few(refused, fewestRefused, 'that must be refused'),
    ...found,
    ...uncalled.map(({ id }): Finding => ({ file: packFile.file, line: packFile.lineOfText(id) ?? packFile.lineOf(['documents']), why: `the paper ${id} is called for by no example` })),
  ]
}

function checkExample(pack: Pack, example: SourceFile, called: Set<string>): readonly Finding[] {
  const says = (path: readonly (string | number)[], why: string): Finding => ({ file: example.file, line: example.lineOf(path), why })
  if (example.broken !== null) return [example.broken]
  const parsed = v.safeParse(exampleShape, example.value)
  if (!parsed.success) return [says((v.getDotPath(parsed.issues[0]) ?? '').split('.'), `${v.getDotPath(parsed.issues[0]) ?? 'example'}: ${parsed.issues[0].message}`)]
  const { today, answers: given, problems, papers, fee } = parsed.output
  const answers = parseAnswers(given)
  if (!answers.ok) return [says(['answers', answers.failure.why ?? ''], `the answer to ${answers.failure.why ?? 'something'} has no shape of an answer`)]
  const typed = normaliseAnswers(pack, answers.value)
  const context = { today }
  const judged = validate(pack, typed, context)
  const list = checklist(pack, typed, {}, context).map(({ id }) => id)
  for (const id of list) called.add(id)
  const written = problems.map(({ field, rule, level }) => `${field} ${rule} (${level})`)
  const found = judged.map(({ field, rule, level }) => `${field} ${rule} (${level})`)
  return [
    ...found.filter((one) => !written.includes(one)).map((one) => says(['problems'], `does not name the problem ${one}`)),
    ...written.filter((one) => !found.includes(one)).map((one) => says(['problems', written.indexOf(one)], `names a problem that is none: ${one}`)),
    ...(mayFinalise(judged) === isRefused(example) ? [says(['problems'], isRefused(example) ? 'would be accepted' : 'would be refused')] : []),
    ...(papers !== undefined && papers.join() !== list.join() ? [says(['papers'], `calls for ${list.join(', ')}`)] : []),
    ...(fee !== undefined && fee !== feeFor(pack, typed, context).total ? [says(['fee'], `costs ${feeFor(pack, typed, context).total}`)] : []),
  ]
}

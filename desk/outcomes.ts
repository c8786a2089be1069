/**
 * The outcomes file of an import, as an officer reads it: one answer a line of the carrier. The desk shows what the office
 * says and judges no signature: the tablet does, when the file comes back to it.
 */
import * as v from 'valibot'
import { isApplicationId, type ApplicationId } from '../core/ids.ts'
import { fromBase64url, textOf } from '../core/bytes.ts'
import { parseJson } from '../core/sealing/signed.ts'
import { carrierAnswerShape } from '../core/wire/answer.ts'
import { kindOfProblem } from '../core/wire/problem.ts'

export type LineResult = 'received' | 'complete' | 'part' | 'refused' | 'disputed' | 'unread'

export interface ImportedLine {
  readonly id: string
  /** From 1, as people count. */
  readonly line: number
  readonly result: LineResult
  /** What a part is called, or why a line was not taken; never a citizen's word. */
  readonly about: string
  /** The case that the line belongs to, when the office has one. */
  readonly caseId: ApplicationId | null
}

const claimShape = v.object({
  kind: v.picklist(['received', 'complete', 'refused', 'disputed']),
  id: v.string(),
  reason: v.optional(v.string(), ''),
})

/** What an outcome says, its signature unjudged; null when it is no outcome. */
function claimOf(statement: string): v.InferOutput<typeof claimShape> | null {
  const bytes = fromBase64url(statement.split('.')[1] ?? '')
  const text = bytes === null ? null : textOf(bytes)
  return text === null ? null : parseJson(text, claimShape)
}

function readLine(text: string, place: number): ImportedLine {
  const unread = { id: String(place), line: place + 1, result: 'unread', about: '', caseId: null } as const
  const answer = parseJson(text, carrierAnswerShape)
  if (answer === null) return unread
  const read = { ...unread, line: answer.line + 1 }
  if ('stored' in answer) return { ...read, result: 'part', about: answer.stored }
  if ('problem' in answer) return { ...read, result: 'refused', about: kindOfProblem(answer.problem) ?? answer.problem.title }
  const claim = claimOf(answer.outcome)
  if (claim === null) return read
  if (claim.kind === 'refused') return { ...read, result: 'refused', about: claim.reason }
  return { ...read, result: claim.kind, caseId: isApplicationId(claim.id) ? claim.id : null }
}

/** A line that an officer has to look into. */
export const needsLook = ({ result }: ImportedLine): boolean => result === 'refused' || result === 'disputed' || result === 'unread'

export type ImportVerdict = 'good' | 'some' | 'none' | 'foreign'

/** Lines that cannot be lines of a carrier at all: a photo, a letter, a cut file. */
const isForeign = ({ result, about }: ImportedLine): boolean => result === 'unread' || (result === 'refused' && (about === 'malformed' || about === 'tooLarge'))

/** How an import went as a whole: `foreign` for a file that no tablet has written, an empty one too. */
export function judgeImport(lines: readonly ImportedLine[]): ImportVerdict {
  if (lines.every(isForeign)) return 'foreign'
  if (!lines.some(needsLook)) return 'good'
  return lines.every(needsLook) ? 'none' : 'some'
}

/** How many applications came in, new or known before; photos are not counted. */
export const countTaken = (lines: readonly ImportedLine[]): number =>
  lines.filter(({ result }) => result === 'received' || result === 'complete').length

/** Every answer of an outcomes file. */
export function readOutcomes(file: string): readonly ImportedLine[] {
  return file
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(readLine)
}

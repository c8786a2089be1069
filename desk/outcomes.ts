/**
 * The outcomes file of an import, as an officer reads it: one answer a line of the carrier. The desk shows what the office
 * says and judges no signature: the tablet does, when the file comes back to it.
 */
import * as v from 'valibot'
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
  /** An application id or a problem kind; never a citizen's word. */
  readonly about: string
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
  const id = String(place)
  const answer = parseJson(text, carrierAnswerShape)
  if (answer === null) return { id, line: place + 1, result: 'unread', about: '' }
  const line = answer.line + 1
  if ('stored' in answer) return { id, line, result: 'part', about: answer.stored }
  if ('problem' in answer) return { id, line, result: 'refused', about: kindOfProblem(answer.problem) ?? answer.problem.title }
  const claim = claimOf(answer.outcome)
  if (claim === null) return { id, line, result: 'unread', about: '' }
  return { id, line, result: claim.kind, about: claim.id }
}

/** Every answer of an outcomes file. */
export function readOutcomes(file: string): readonly ImportedLine[] {
  return file
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(readLine)
}

/** From the office's words to a verdict. Only a statement that a pinned key signed about exactly these bytes is an outcome. */
import { failure } from '../../../core/failures.ts'
import type { KeySet } from '../../../core/sealing/keySet.ts'
import { verifyOutcome } from '../../../core/sealing/outcome.ts'
import type { CarrierAnswer, OutcomeAnswer } from '../../../core/wire/answer.ts'
import { kindOfProblem } from '../../../core/wire/problem.ts'
import type { ItemRow } from '../rows.ts'
import type { Verdict } from './state.ts'

type About = Pick<ItemRow, 'id' | 'digest' | 'device' | 'parts'>

/** The verdict of a statement about an item. A text that does not verify is something between us and the office. */
export async function verdictOf(item: About, answer: OutcomeAnswer, keySet: KeySet): Promise<Verdict> {
  const { id } = item
  const outcome = await verifyOutcome(answer.outcome, keySet, item)
  if (outcome === null) return { kind: 'failed', id, failure: failure('outcomeInvalid') }
  const missing = outcome.kind === 'received' ? answer.missing.filter((name) => item.parts.includes(name)) : []
  const { kind: state, epoch, head, reason = null } = outcome
  return { kind: 'outcome', settlement: { id, state, outcome: answer.outcome, reason, missing, ledger: { epoch, head } } }
}

/** The verdict of one line of a carrier's answer; no line at all is no answer. */
export async function verdictOfLine(item: About, line: CarrierAnswer | undefined, keySet: KeySet): Promise<Verdict> {
  const { id } = item
  if (line === undefined || 'stored' in line) return { kind: 'failed', id, failure: failure('officeDown', 'no line') }
  if ('outcome' in line) return verdictOf(item, line, keySet)
  return { kind: 'failed', id, failure: failure(kindOfProblem(line.problem) ?? 'malformed') }
}

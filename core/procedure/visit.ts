/**
 * A visit: one citizen at the table, several applications. What was said once is kept as facts until the visit ends, at the
 * latest half a day after it began: a visit that somebody forgot to end must not speak to the next citizen.
 */
import * as v from 'valibot'
import { isApplicationId, type ApplicationId } from '../ids.ts'
import { parseAnswers } from './answers.ts'
import { readFactName, type Fact, type FactName, type Facts } from './facts.ts'

export interface Visit {
  readonly startedAt: string
  readonly facts: Facts
  /** Drafts and applications of this visit: only these are filled from its facts. */
  readonly applications: readonly ApplicationId[]
}

export const longestVisitMs = 12 * 60 * 60_000

const visitShape = v.object({
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  facts: v.record(v.string(), v.object({ value: v.unknown(), origin: v.picklist(['card', 'typed']) })),
  applications: v.array(v.custom<ApplicationId>((value) => typeof value === 'string' && isApplicationId(value))),
})

export const newVisit = (nowMs: number): Visit => ({ startedAt: new Date(nowMs).toISOString(), facts: {}, applications: [] })

/** A visit as it was kept, or null: of another shape, or older than a visit can be. Facts that nobody knows are left out. */
export function readVisit(kept: unknown, nowMs: number): Visit | null {
  const parsed = v.safeParse(visitShape, kept)
  if (!parsed.success) return null
  const { startedAt, facts, applications } = parsed.output
  if (nowMs - Date.parse(startedAt) > longestVisitMs) return null
  const known = Object.entries(facts).flatMap(([key, { value, origin }]): [FactName, Fact][] => {
    const name = readFactName(key)
    const answer = parseAnswers({ value })
    return name === null || !answer.ok || answer.value['value'] === undefined ? [] : [[name, { value: answer.value['value'], origin }]]
  })
  return { startedAt, facts: Object.fromEntries(known), applications }
}

/** The visit with one more draft. */
export const withApplication = (visit: Visit, id: ApplicationId): Visit =>
  visit.applications.includes(id) ? visit : { ...visit, applications: [...visit.applications, id] }

/** The name of the citizen, as a heading of the visit; '' while it is not known. */
export function visitorOf({ facts }: Visit): string {
  const name = facts['self.fullName']?.value
  return typeof name === 'string' ? name : ''
}

/**
 * A visit: one citizen at the table, several applications. What was said once is kept as facts until the visit ends, at the
 * latest half a day after it began: a visit that somebody forgot to end must not speak to the next citizen.
 */
import * as v from 'valibot'
import { attachmentsShape, type Attachment } from '../application/attachment.ts'
import { isApplicationId, type ApplicationId } from '../ids.ts'
import { parseAnswers } from './answers.ts'
import type { Pack } from './packShape.ts'
import { readFactName, type Fact, type FactName, type Facts } from './facts.ts'

export interface Visit {
  readonly startedAt: string
  readonly facts: Facts
  /** Photos of papers that were taken in this visit: the next procedure that wants the same paper has them already. */
  readonly papers: readonly Attachment[]
  /** Drafts and applications of this visit: only these are filled from its facts. */
  readonly applications: readonly ApplicationId[]
}

export const longestVisitMs = 12 * 60 * 60_000

const visitShape = v.object({
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  papers: v.optional(attachmentsShape, []),
  facts: v.record(v.string(), v.object({ value: v.unknown(), origin: v.picklist(['card', 'typed']) })),
  applications: v.array(v.custom<ApplicationId>((value) => typeof value === 'string' && isApplicationId(value))),
})

export const newVisit = (nowMs: number): Visit => ({ startedAt: new Date(nowMs).toISOString(), facts: {}, papers: [], applications: [] })

/** A visit as it was kept, or null: of another shape, or older than a visit can be. Facts that nobody knows are left out. */
export function readVisit(kept: unknown, nowMs: number): Visit | null {
  const parsed = v.safeParse(visitShape, kept)
  if (!parsed.success) return null
  const { startedAt, facts, papers, applications } = parsed.output
  if (nowMs - Date.parse(startedAt) > longestVisitMs) return null
  const known = Object.entries(facts).flatMap(([key, { value, origin }]): [FactName, Fact][] => {
    const name = readFactName(key)
    const answer = parseAnswers({ value })
    return name === null || !answer.ok || answer.value['value'] === undefined ? [] : [[name, { value: answer.value['value'], origin }]]
  })
  return { startedAt, facts: Object.fromEntries(known), papers, applications }
}

/** The visit with one more draft. */
export const withApplication = (visit: Visit, id: ApplicationId): Visit =>
  visit.applications.includes(id) ? visit : { ...visit, applications: [...visit.applications, id] }

/** The photos of the visit with those of one draft: a paper photographed anew takes the place of its older pages. */
export function withPapers(visit: Visit, taken: readonly Attachment[]): Visit {
  const anew = new Set(taken.map(({ document }) => document))
  return { ...visit, papers: [...visit.papers.filter(({ document }) => !anew.has(document)), ...taken] }
}

/** The visit without these photos: who takes his consent back in one draft does not find them in the next. */
export function withoutPapers(visit: Visit, photos: readonly Attachment[]): Visit {
  const gone = new Set(photos.map(({ id }) => id))
  return { ...visit, papers: visit.papers.filter(({ id }) => !gone.has(id)) }
}

/** The photos of the visit that this procedure's own list of papers asks for. */
export function papersFor(visit: Visit, pack: Pack): readonly Attachment[] {
  const asked = new Set(pack.documents.flatMap(({ id, substitutes }) => [id, ...substitutes]))
  return visit.papers.filter(({ document }) => asked.has(document))
}

/** The name of the citizen, as a heading of the visit; '' while it is not known. */
export function visitorOf({ facts }: Visit): string {
  const name = facts['self.fullName']?.value
  return typeof name === 'string' ? name : ''
}

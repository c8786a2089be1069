/**
 * A visit: one citizen at the table, several applications. What was said once is kept as facts until the visit ends, at the
 * latest half a day after it began: a visit that somebody forgot to end must not speak to the next citizen.
 */
import * as v from 'valibot'
import { attachmentShape, type Attachment } from '../application/attachment.ts'
import { isApplicationId, type ApplicationId } from '../ids.ts'
import { parseAnswers, type Answers } from './answers.ts'
import { shownFacts, type Field, type Pack, type PackDocument, type ShownFact } from './packShape.ts'
import { factsFromAnswers, readFactName, withFacts, type Fact, type FactName, type Facts } from './facts.ts'
import { isAnotherPerson, isNamed } from './samePerson.ts'

/** A photo of the visit, with what its paper shows: a paper's id says nothing, since one id names other papers elsewhere. */
export interface VisitPaper extends Attachment {
  readonly shows: ShownFact
}

export interface Visit {
  readonly startedAt: string
  readonly facts: Facts
  /** The draft that told who the citizen is; absent while nobody knows, and when a card or the visit's own page told it. */
  readonly namedBy?: ApplicationId | undefined
  /** Photos of papers that were taken in this visit: the next procedure that wants a paper that shows the same has them already. */
  readonly papers: readonly VisitPaper[]
  /** Drafts and applications of this visit: only these are filled from its facts. */
  readonly applications: readonly ApplicationId[]
}

export const longestVisitMs = 12 * 60 * 60_000

const applicationId = v.custom<ApplicationId>((value) => typeof value === 'string' && isApplicationId(value))

const visitShape = v.object({
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  papers: v.optional(v.array(v.object({ ...attachmentShape.entries, shows: v.optional(v.string()) })), []),
  facts: v.record(v.string(), v.object({ value: v.unknown(), origin: v.picklist(['card', 'typed']) })),
  namedBy: v.optional(applicationId),
  applications: v.array(applicationId),
})

export const newVisit = (nowMs: number): Visit => ({ startedAt: new Date(nowMs).toISOString(), facts: {}, papers: [], applications: [] })

/** A visit as it was kept, or null: of another shape, or older than a visit can be. Facts that nobody knows are left out, and photos of which nobody knows what they show. */
export function readVisit(kept: unknown, nowMs: number): Visit | null {
  const parsed = v.safeParse(visitShape, kept)
  if (!parsed.success) return null
  const { startedAt, facts, papers, ...others } = parsed.output
  if (nowMs - Date.parse(startedAt) > longestVisitMs) return null
  const known = Object.entries(facts).flatMap(([key, { value, origin }]): [FactName, Fact][] => {
    const name = readFactName(key)
    const answer = parseAnswers({ value })
    return name === null || !answer.ok || answer.value['value'] === undefined ? [] : [[name, { value: answer.value['value'], origin }]]
  })
  const shown = papers.flatMap((page): VisitPaper[] => {
    const shows = shownFacts.find((name) => name === page.shows)
    return shows === undefined ? [] : [{ ...page, shows }]
  })
  return { startedAt, facts: Object.fromEntries(known), papers: shown, ...others }
}

/** The visit with one more draft. */
export const withApplication = (visit: Visit, id: ApplicationId): Visit =>
  visit.applications.includes(id) ? visit : { ...visit, applications: [...visit.applications, id] }

/** Nothing known of anybody, no paper, and of the applications these alone. */
const emptied = ({ startedAt }: Visit, applications: readonly ApplicationId[]): Visit => ({ startedAt, facts: {}, papers: [], applications })

/** The visit after these facts of people, told `by` a draft of it or by a card or its own page. */
function knowing(visit: Visit, told: Facts, all: Facts, by?: ApplicationId): Visit {
  const { namedBy, ...others } = visit
  const names = isNamed(told, 'self') && (by === undefined || !isNamed(visit.facts, 'self'))
  const source = names ? by : namedBy
  return { ...others, facts: all, ...(source !== undefined && visit.applications.includes(source) && { namedBy: source }) }
}

/**
 * What was told of people by a card or by typing once, on the visit's page or `by` a draft of the visit. When it is another
 * citizen than the one of the visit, his own visit begins: of the last one nothing goes along, no fact, no paper, no draft.
 * Only the draft that named the last one goes on, because there it is a correction.
 */
export function heard(visit: Visit, told: Facts, nowMs: number, by?: ApplicationId): { readonly visit: Visit; readonly isAnother: boolean } {
  const isReplaced = isAnotherPerson(visit.facts, told, 'self')
  const isCorrection = by !== undefined && by === visit.namedBy
  const before = isReplaced ? emptied(newVisit(nowMs), isCorrection ? [by] : []) : visit
  return { visit: knowing(before, told, withFacts(before.facts, told), by), isAnother: isReplaced && !isCorrection }
}

/** What a draft tells: its fields, each with the fact that it asks for (`askingFields`), their answers, its papers, and its photos (`sortPhotos`). */
export interface Telling {
  readonly documents: readonly PackDocument[]
  readonly fields: readonly Field[]
  readonly answers: Answers
  readonly allowed: readonly Attachment[]
  readonly notAllowed: readonly Attachment[]
}

/**
 * The visit with what one of its drafts tells. A draft whose requester is somebody else than the citizen of the visit tells
 * nothing, though a consent to photographs that is taken back in it counts; the draft that named the citizen may correct who
 * it is, and then all that is known is what it says itself.
 */
export function learnt(visit: Visit, id: ApplicationId, { documents, fields, answers, allowed, notAllowed }: Telling): Visit {
  if (!visit.applications.includes(id)) return visit
  const told = factsFromAnswers(fields, answers, {})
  const isReplaced = isAnotherPerson(visit.facts, told, 'self')
  const permitted = withoutPapers(visit, notAllowed)
  if (isReplaced && visit.namedBy !== id) return permitted
  const before = isReplaced ? emptied(visit, [id]) : permitted
  return withPapers(knowing(before, told, factsFromAnswers(fields, answers, before.facts), id), documents, allowed)
}

/** The visit without a draft that was thrown away. When that draft alone has told who is here, nothing is known any more. */
export function withoutApplication(visit: Visit, id: ApplicationId): Visit {
  const applications = visit.applications.filter((one) => one !== id)
  return visit.namedBy === id && applications.length === 0 ? emptied(visit, []) : { ...visit, applications }
}

/** The photos of the visit with those of one draft that show something: photographed anew it takes the place of the older pages. */
export function withPapers(visit: Visit, documents: readonly PackDocument[], taken: readonly Attachment[]): Visit {
  const shownBy = new Map(documents.map(({ id, shows }) => [id, shows]))
  const papers = taken.flatMap((page): VisitPaper[] => {
    const shows = shownBy.get(page.document)
    return shows === undefined ? [] : [{ ...page, shows }]
  })
  const anew = new Set(papers.map(({ shows }) => shows))
  return { ...visit, papers: [...visit.papers.filter(({ shows }) => !anew.has(shows)), ...papers] }
}

/** The visit without these photos: who takes his consent back in one draft does not find them in the next. */
export function withoutPapers(visit: Visit, photos: readonly Attachment[]): Visit {
  const gone = new Set(photos.map(({ id }) => id))
  return { ...visit, papers: visit.papers.filter(({ id }) => !gone.has(id)) }
}

/** The photos of the visit that show what a paper of this procedure shows, as pages of that paper. */
export function papersFor(visit: Visit, pack: Pack): readonly Attachment[] {
  return pack.documents.flatMap(({ id, shows: wanted }) =>
    visit.papers.flatMap(({ shows, ...page }): Attachment[] => (shows === wanted ? [{ ...page, document: id }] : [])),
  )
}

/** The name of the citizen, as a heading of the visit; '' while it is not known. */
export function visitorOf({ facts }: Visit): string {
  const name = facts['self.fullName']?.value
  return typeof name === 'string' ? name : ''
}

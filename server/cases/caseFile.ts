/** One case as an officer reads it. The envelope is opened in memory for this answer and nothing of it is kept. */
import { sql } from 'kysely'
import type { ApplicationId } from '../../core/ids.ts'
import { localMoment } from '../../core/procedure/dates.ts'
import { expectedDate } from '../../core/procedure/deadlines.ts'
import type { CaseFile } from '../../core/wire/desk.ts'
import { missingParts } from '../intake/parts.ts'
import type { Office } from '../office.ts'
import type { ShelfPack } from '../packs/shelf.ts'
import { caseRows } from './caseRows.ts'
import { lookInside, type Inside } from './inside.ts'
import { unlockNote } from './notes.ts'

/** The case, or null when there is none of this id. */
export async function readCaseFile(office: Office, id: ApplicationId): Promise<CaseFile | null> {
  const [row] = await caseRows(office, [id])
  const envelope = await office.db.selectFrom('envelopes').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined || envelope === undefined) return null
  const inside = await lookInside(office, office.db, envelope)
  const pack = inside.kind === 'opened' ? inside.pack : office.packs.find(envelope.pack)
  return {
    case: row,
    ...insideOf(inside),
    pack: pack === null ? null : { content: pack.published.content, texts: pack.published.texts },
    expected: expectedOf(office, pack),
    parts: await readParts(office, id),
    disputes: await readDisputes(office, id),
    events: await readEvents(office, id),
  }
}

function insideOf(inside: Inside): Pick<CaseFile, 'application' | 'trouble' | 'problems' | 'badge'> {
  if (inside.kind === 'unreadable') return { application: null, trouble: inside.trouble, problems: [], badge: null }
  const { application, problems, badge } = inside
  const { answers, papers, startedAt, finalisedAt, inReplyTo = null } = application
  return {
    application: { answers, papers, startedAt, finalisedAt, inReplyTo },
    trouble: null,
    problems: problems.map(({ params, ...rest }) => ({ ...rest, params: { ...params } })),
    badge,
  }
}

/** The result date that working days give, counted from now: the moment of reception. */
function expectedOf({ packs, clock }: Office, pack: ShelfPack | null): CaseFile['expected'] {
  if (pack === null || packs.calendar === null) return null
  const { date, confirmed } = expectedDate(pack.pack.deadline, localMoment(clock.now()), packs.calendar)
  return { resultOn: date, calendarConfirmed: confirmed }
}

async function readParts({ db }: Office, id: ApplicationId): Promise<CaseFile['parts']> {
  const { announced } = await db
    .selectFrom('parts_announced')
    .select(sql<number>`count(distinct name)`.as('announced'))
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { announced, missing: (await missingParts(db, id)).length }
}

async function readDisputes({ db }: Office, id: ApplicationId): Promise<CaseFile['disputes']> {
  const rows = await db
    .selectFrom('disputes')
    .innerJoin('devices', 'devices.id', 'disputes.device')
    .select(['disputes.digest', 'devices.number', 'disputes.at'])
    .where('disputes.id', '=', id)
    .orderBy('disputes.at')
    .execute()
  return rows.map(({ digest, number, at }) => ({ digest, tablet: number, at: new Date(at).toISOString() }))
}

async function readEvents({ db, keys }: Office, id: ApplicationId): Promise<CaseFile['events']> {
  const rows = await db.selectFrom('events').select(['seq', 'kind', 'at', 'by', 'body']).where('id', '=', id).orderBy('seq').execute()
  return rows.map(({ seq, kind, at, by, body }) => ({ seq, kind, at: new Date(at).toISOString(), by, note: unlockNote(keys.blobs, id, body) }))
}

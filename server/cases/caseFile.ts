/** One case as an officer reads it. The envelope is opened in memory for this answer and nothing of it is kept. */
import { sql } from 'kysely'
import type { EventKind } from '../../core/application/events.ts'
import type { ApplicationId } from '../../core/ids.ts'
import { parseAnswers } from '../../core/procedure/answers.ts'
import { confirmedUntil } from '../../core/procedure/calendar.ts'
import { localMoment } from '../../core/procedure/dates.ts'
import { deadlineFor, expectedDate } from '../../core/procedure/deadlines.ts'
import type { CaseContent, CaseFile } from '../../core/wire/desk.ts'
import { headerAbout } from '../intake/headerParts.ts'
import { missingParts } from '../intake/parts.ts'
import type { Office } from '../office.ts'
import type { ShelfPack } from '../packs/shelf.ts'
import { caseRows } from './caseRows.ts'
import { lookInside, type EnvelopeRow, type Inside } from './inside.ts'
import { readAcceptance, readSupplement, unlockNote } from './notes.ts'
import { listPhotos } from './photos.ts'

/** Contents under one id that are shown at all, and those of them that are opened: each may be as large as an application. */
const maxDisputes = 50
const openedDisputes = 3

/** The case, or null when there is none of this id. */
export async function readCaseFile(office: Office, id: ApplicationId): Promise<CaseFile | null> {
  const [row] = await caseRows(office, [id])
  const envelope = await office.db.selectFrom('envelopes').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined || envelope === undefined) return null
  const inside = await lookInside(office, office.db, envelope)
  const pack = inside.kind === 'opened' ? inside.pack : office.packs.find(envelope.pack)
  return {
    case: row,
    ...contentOf(inside, pack),
    digest: envelope.digest,
    sequence: envelope.seq,
    expected: expectedOf(office, pack, inside),
    parts: await readParts(office, id),
    photos: await listPhotos(office, id, inside),
    disputes: await readDisputes(office, id),
    events: await readEvents(office, id),
  }
}

function contentOf(inside: Inside, shelved: ShelfPack | null): CaseContent {
  const pack = shelved === null ? null : { content: shelved.published.content, texts: shelved.published.texts }
  if (inside.kind === 'unreadable') return { application: null, trouble: inside.trouble, problems: [], badge: null, pack }
  const { application, problems, badge } = inside
  const { answers, papers, startedAt, finalisedAt, inReplyTo = null } = application
  return {
    application: { answers, papers, startedAt, finalisedAt, inReplyTo },
    trouble: null,
    problems: problems.map(({ params, ...rest }) => ({ ...rest, params: { ...params } })),
    badge,
    pack,
  }
}

/** The result date that working days give, counted from now: the moment of reception. */
function expectedOf({ packs, clock }: Office, pack: ShelfPack | null, inside: Inside): CaseFile['expected'] {
  if (pack === null || packs.calendar === null) return null
  const received = localMoment(clock.now())
  const answers = inside.kind === 'unreadable' ? null : parseAnswers(inside.application.answers)
  const terms = deadlineFor(pack.pack, answers?.ok ? answers.value : {}, { today: received.date })
  const { date, confirmed } = expectedDate(terms, received, packs.calendar)
  const until = confirmedUntil(packs.calendar, received.date)
  return { resultOn: date, calendarConfirmed: confirmed, ...(until === null ? {} : { confirmedUntil: until }) }
}

async function readParts({ db }: Office, id: ApplicationId): Promise<CaseFile['parts']> {
  const { announced } = await db
    .selectFrom('parts_announced')
    .select(sql<number>`count(distinct name)`.as('announced'))
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { announced, missing: (await missingParts(db, id)).length }
}

/** Every other content under this id, as it came; the first few opened, so that an officer can lay them side by side. */
async function readDisputes(office: Office, id: ApplicationId): Promise<CaseFile['disputes']> {
  const rows = await office.db
    .selectFrom('disputes')
    .innerJoin('devices', 'devices.id', 'disputes.device')
    .select(['disputes.id', 'disputes.digest', 'disputes.device', 'disputes.sealed', 'disputes.header', 'disputes.at', 'devices.number'])
    .where('disputes.id', '=', id)
    .orderBy('disputes.at')
    .orderBy('disputes.digest')
    .limit(maxDisputes)
    .execute()
  return Promise.all(
    rows.map(async ({ number, at, ...row }, place) => {
      const about = headerAbout(row.header)
      return {
        digest: row.digest,
        tablet: number,
        at: new Date(at).toISOString(),
        sequence: about?.seq ?? null,
        content: place < openedDisputes && about !== null ? await readContent(office, { ...row, pack: about.pack }) : null,
      }
    }),
  )
}

async function readContent(office: Office, row: EnvelopeRow): Promise<CaseContent> {
  const inside = await lookInside(office, office.db, row)
  return contentOf(inside, inside.kind === 'opened' ? inside.pack : office.packs.find(row.pack))
}

async function readEvents({ db, keys }: Office, id: ApplicationId): Promise<CaseFile['events']> {
  const rows = await db.selectFrom('events').select(['seq', 'kind', 'at', 'by', 'body']).where('id', '=', id).orderBy('seq').execute()
  return rows.map(({ seq, kind, at, by, body }) => ({ seq, kind, at: new Date(at).toISOString(), by, ...wordsOf(kind, unlockNote(keys.blobs, id, body)) }))
}

/** What an officer decided, each part by its name. */
function wordsOf(kind: EventKind, note: string | null): Pick<CaseFile['events'][number], 'note' | 'code' | 'resultOn' | 'papers'> {
  const nothing = { note: null, code: null, resultOn: null, papers: [] }
  if (note === null) return nothing
  if (kind === 'supplementAsked') {
    const { message, papers } = readSupplement(note)
    return { ...nothing, note: message, papers }
  }
  const acceptance = kind === 'accepted' ? readAcceptance(note) : null
  return { ...nothing, ...(acceptance ?? { note }) }
}

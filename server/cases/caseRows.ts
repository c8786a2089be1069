/** Rows of the desk's lists, from events, sequence, parts and the locked listing. Nothing is opened for a list. */
import { sql } from 'kysely'
import { eventKinds, type EventKind } from '../../core/application/events.ts'
import type { Status } from '../../core/application/status.ts'
import { packOf, type ApplicationId } from '../../core/ids.ts'
import type { CaseRow, Mark } from '../../core/wire/desk.ts'
import { isPlainObject } from '../http/plainObject.ts'
import type { Office } from '../office.ts'
import type { ShelfPack } from '../packs/shelf.ts'
import { unlockListing } from './listing.ts'

/** The rows for these cases, in the order of `ids`. */
export async function caseRows(office: Office, ids: readonly ApplicationId[]): Promise<readonly CaseRow[]> {
  if (ids.length === 0) return []
  const found = await readRows(office, ids)
  const rows = new Map(found.map((row) => [row.id, rowOf(office, row)]))
  return ids.flatMap((id) => rows.get(id) ?? [])
}

type Found = Awaited<ReturnType<typeof readRows>>[number]

function readRows({ db }: Office, ids: readonly ApplicationId[]) {
  return db
    .selectFrom('cases')
    .innerJoin('envelopes', 'envelopes.id', 'cases.id')
    .innerJoin('devices', 'devices.id', 'envelopes.device')
    .select(['cases.id', 'cases.status', 'cases.received_at', 'cases.listing', 'cases.demo', 'envelopes.pack', 'devices.number'])
    .select([
      sql<string[]>`(select array_agg(distinct kind) from events where events.id = cases.id)`.as('kinds'),
      sql<boolean>`envelopes.seq > 1 and not exists (select 1 from envelopes other where other.device = envelopes.device and other.seq = envelopes.seq - 1)
        and not exists (select 1 from disputes where disputes.device = envelopes.device and disputes.seq = envelopes.seq - 1)`.as('gap'),
      sql<boolean>`exists (select 1 from envelopes other where other.device = envelopes.device and other.seq = envelopes.seq and other.id <> envelopes.id)`.as('fork'),
      sql<boolean>`exists (select 1 from parts_announced left join parts_stored using (name) where parts_announced.id = cases.id and parts_stored.name is null)`.as('missing'),
    ])
    .where('cases.id', 'in', ids)
    .execute()
}

function rowOf({ keys, packs }: Office, row: Found): CaseRow {
  const pack = packs.find(row.pack)
  const listing = unlockListing(keys.blobs, row.id, row.listing)
  const kinds = eventKinds.filter((kind) => row.kinds.includes(kind))
  return {
    id: row.id,
    localCode: listing.localCode,
    pack: row.pack,
    procedure: procedureName(pack) ?? packOf(row.pack).code,
    procedureNames: procedureNames(pack),
    subject: listing.subject,
    status: row.status,
    marks: [...marksOf(kinds, row.status, row)],
    receivedAt: new Date(row.received_at).toISOString(),
    tablet: row.number,
    volunteer: listing.volunteer,
    officialCode: listing.officialCode,
    resultOn: listing.resultOn,
  }
}

/** What an officer must know at a glance. `packUnknown` is over when the pack has come and the case was opened. */
export function marksOf(
  kinds: readonly EventKind[],
  status: Status,
  seen: { readonly gap: boolean; readonly fork: boolean; readonly missing: boolean; readonly demo: boolean },
): readonly Mark[] {
  const opened = kinds.includes('opened') || kinds.includes('invalid')
  const marks: readonly (readonly [Mark, boolean])[] = [
    ['invalid', kinds.includes('invalid')],
    ['badgeDoubtful', kinds.includes('badgeDoubtful')],
    ['packUnknown', kinds.includes('packUnknown') && !opened],
    ['unreadable', kinds.includes('unreadable')],
    ['disputed', kinds.includes('disputed')],
    ['quarantined', kinds.includes('quarantined') && status === 'inQuarantine'],
    ['sequenceGap', seen.gap],
    ['sequenceFork', seen.fork],
    ['partsMissing', seen.missing],
    ['demo', seen.demo],
  ]
  return marks.flatMap(([mark, holds]) => (holds ? [mark] : []))
}

/** The procedure's name in Vietnamese, as its pack says it. */
export function procedureName(pack: ShelfPack | null): string | null {
  return procedureNames(pack)['vi'] ?? null
}

/** The procedure's name in every language of its pack. */
export function procedureNames(pack: ShelfPack | null): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(pack?.published.texts ?? {}).flatMap(([locale, texts]): [string, string][] =>
      isPlainObject(texts) && typeof texts['name'] === 'string' ? [[locale, texts['name']]] : [],
    ),
  )
}

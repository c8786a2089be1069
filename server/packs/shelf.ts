/**
 * The procedure packs of this office: read from disk at start, checked, signed and published. A published version never
 * changes: other content under the same version is refused with a sentence, and the published one stays in force. Packs
 * that are no longer on disk stay known, for drafts that were begun under them.
 */
import { failure, type Failure } from '../../core/failures.ts'
import type { PackRef } from '../../core/ids.ts'
import type { Calendar } from '../../core/procedure/calendar.ts'
import { parsePack, type Pack } from '../../core/procedure/pack.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { packDigest, signPack, verifyPack, type PublishedPack } from '../../core/wire/packs.ts'
import type { OfficeKeys } from '../keys/officeKeys.ts'
import type { Database } from '../postgres/database.ts'

export interface ShelfPack {
  readonly ref: PackRef
  readonly pack: Pack
  readonly published: PublishedPack
  readonly digest: string
  /** As the office signed it. */
  readonly statement: string
  /** False for a version that is known and no longer offered. */
  readonly offered: boolean
}

export interface PackShelf {
  readonly find: (ref: PackRef) => ShelfPack | null
  readonly offered: () => readonly ShelfPack[]
  /** The version of each procedure for this local day: the newest that has begun, or the newest where none has. */
  readonly inForce: (today: string) => readonly ShelfPack[]
  /** Null when no calendar could be read: then no expected dates are offered. */
  readonly calendar: Calendar | null
  /** Takes the packs as they are published now, in the place of those before. */
  readonly put: (packs: readonly ShelfPack[]) => void
}

/** A shelf of packs already published. */
export function makeShelf(first: readonly ShelfPack[], calendar: Calendar | null): PackShelf {
  let packs = first
  const offered = (): readonly ShelfPack[] => packs.filter((pack) => pack.offered)
  return {
    find: (ref) => packs.find((pack) => pack.ref === ref) ?? null,
    offered,
    inForce: (today) => newestInForce(offered(), today),
    calendar,
    put: (next) => {
      packs = next
    },
  }
}

/** One version of each procedure. What has expired stays until something follows it; the tablet says until when it holds. */
export function newestInForce(packs: readonly ShelfPack[], today: string): readonly ShelfPack[] {
  const byCode = new Map<string, ShelfPack>()
  for (const pack of [...packs].sort(byVersion)) {
    const before = byCode.get(pack.pack.code)
    if (before === undefined || pack.pack.validFrom <= today || before.pack.validFrom > today) byCode.set(pack.pack.code, pack)
  }
  return [...byCode.values()]
}

/** `1.10.0` comes after `1.9.0`. */
const byVersion = (one: ShelfPack, other: ShelfPack): number => one.pack.version.localeCompare(other.pack.version, 'en', { numeric: true })

/** Publishes what was read from disk and gives the whole shelf; `say` hears a sentence for each version that was changed. */
export async function publishPacks(
  { db, keys, nowMs }: { db: Database; keys: OfficeKeys; nowMs: number },
  fromDisk: readonly PublishedPack[],
  say: (sentence: string) => void,
): Promise<readonly ShelfPack[]> {
  for (const published of fromDisk) {
    const digest = await packDigest(published)
    const statement = await signPack(published, keys.signing, keys.signingKid)
    await db.insertInto('packs').values({ ref: published.pack, digest, statement, published_at: nowMs }).onConflict((conflict) => conflict.doNothing()).execute()
  }
  const onDisk = new Set(fromDisk.map(({ pack }) => pack))
  const shelf: ShelfPack[] = []
  for (const { ref, digest, statement } of await db.selectFrom('packs').selectAll().orderBy('ref').execute()) {
    const read = await readPublished(statement, keys)
    if (read.ok) shelf.push({ ref, digest, statement, ...read.value, offered: onDisk.has(ref) })
    else say(`The published pack ${ref} cannot be read by this version (${read.failure.why ?? ''}); it is not offered.`)
  }
  for (const published of fromDisk) {
    const kept = shelf.find(({ ref }) => ref === published.pack)
    if (kept !== undefined && kept.digest !== (await packDigest(published))) {
      say(`The pack ${published.pack} on disk differs from the one that was published; the published one stays. Give the change a new version.`)
    }
  }
  return shelf
}

async function readPublished(statement: string, keys: OfficeKeys): Promise<Result<{ pack: Pack; published: PublishedPack }, Failure<'packInvalid'>>> {
  const published = await verifyPack(statement, keys.keySet)
  if (published === null) return fail(failure('packInvalid', 'signature'))
  const pack = parsePack(published.content)
  return pack.ok ? ok({ pack: pack.value, published }) : pack
}

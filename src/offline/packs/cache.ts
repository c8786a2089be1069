/**
 * Procedure packs on this tablet, as the office signed them. A pack is verified and understood when it comes, and verified
 * again whenever it is read. A version never changes: other content under a known name is refused. Packs that the office no
 * longer offers stay while a draft refers to them.
 */
import { failure, type Failure } from '../../../core/failures.ts'
import { packOf, type PackRef } from '../../../core/ids.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import type { KeySet } from '../../../core/sealing/keySet.ts'
import { packDigest, verifyPack } from '../../../core/wire/packs.ts'
import { attempt, type Database } from '../db.ts'
import { readPinned } from '../keys.ts'
import { packRowShape, readRow, readRows, tooNewMarkShape, type PackRow } from '../rows.ts'
import type { PackContent, PackOnTablet } from '../tablet.ts'

export async function listPacks(db: Database): Promise<PackOnTablet[]> {
  return readRows(packRowShape, await db.packs.toArray()).map(({ pack, digest, current }) => ({ pack, digest, current }))
}

/** What the office offers and this app could not read, as the last refresh found it. */
export async function readTooNew(db: Database): Promise<readonly PackRef[]> {
  return readRow(tooNewMarkShape, await db.marks.get('packsTooNew'))?.packs ?? []
}

/** Notes what the office offers and this app could not read; written only when it changes. */
export async function noteTooNew(db: Database, packs: readonly PackRef[]): Promise<void> {
  if (packs.join() !== (await readTooNew(db)).join()) await db.marks.put({ name: 'packsTooNew', packs: [...packs] })
}

/** Digests of the packs that are here and still as the office signed them: one that a disk has damaged is fetched again. */
export async function wholeDigests(db: Database, keySet: KeySet): Promise<ReadonlyMap<PackRef, string>> {
  const rows = readRows(packRowShape, await db.packs.toArray())
  const whole = await Promise.all(rows.map(async ({ pack, digest, statement }) => ({ pack, digest, published: await verifyPack(statement, keySet) })))
  return new Map(whole.flatMap(({ pack, digest, published }) => (published?.pack === pack ? [[pack, digest] as const] : [])))
}

/** A pack with its texts, verified anew. */
export async function readPack(db: Database, ref: PackRef): Promise<Result<PackContent, Failure>> {
  const read = await attempt(() => db.packs.get(ref))
  if (!read.ok) return read
  const row = readRow(packRowShape, read.value)
  if (row === null) return fail(failure('packUnknown', ref))
  const pinned = await readPinned(db)
  const published = pinned === null ? null : await verifyPack(row.statement, pinned.keySet)
  if (published?.pack !== ref || (await packDigest(published)) !== row.digest) return fail(failure('packInvalid', ref))
  const { content, texts } = published
  return ok({ pack: ref, digest: row.digest, current: row.current, content, texts })
}

/**
 * Adds packs that have come and marks which of all are offered now, in one transaction. What is neither offered nor named by a draft goes;
 * a pack that the office offers and that did not arrive whole changes nothing about the one before.
 */
export async function keepPacks(db: Database, offered: readonly PackRef[], fresh: readonly PackRow[]): Promise<void> {
  await db.transaction('rw', db.packs, db.drafts, async () => {
    for (const row of fresh) await db.packs.put(row)
    const used = new Set(await db.drafts.orderBy('pack').uniqueKeys())
    const rows = readRows(packRowShape, await db.packs.toArray())
    const arrived = new Set(rows.filter(({ pack }) => offered.includes(pack)).map(({ pack }) => packOf(pack).code))
    const awaited = new Set(offered.map((pack) => packOf(pack).code).filter((code) => !arrived.has(code)))
    for (const row of rows) {
      // A version whose successor has not come whole stays the one to use.
      const current = offered.includes(row.pack) || (row.current && awaited.has(packOf(row.pack).code))
      if (!current && !used.has(row.pack)) await db.packs.delete(row.pack)
      else if (current !== row.current) await db.packs.put({ ...row, current })
    }
  })
}

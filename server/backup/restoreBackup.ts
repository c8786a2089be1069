/**
 * Putting an office back from a backup. Everything is read and verified before anything is written; then parts, keys and
 * last, in one transaction, all tables together with a new epoch, by which tablets learn to offer again what they hold.
 * A restore that dies is run again: until it has come to its end no office starts (restoring.ts).
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import type { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { branded, isEpochId, uuidv7, type EpochId } from '../../core/ids.ts'
import type { Result } from '../../core/result.ts'
import { openBackupKey } from '../../core/sealing/backupKey.ts'
import { publicHalf, thumbprint, type PrivateJwk } from '../../core/sealing/keys.ts'
import type { Clock } from '../clock.ts'
import { hasKeys } from '../keys/readKeysFolder.ts'
import { openDatabase } from '../postgres/database.ts'
import { migrate, knowsMigration } from '../postgres/migrate.ts'
import type { PartStore } from '../parts/partStore.ts'
import { leapNumbers } from '../people/counters.ts'
import { noteRestore } from '../restores.ts'
import { risingNumber } from '../risingNumber.ts'
import { backupApplication, quoted, withConnection } from './connection.ts'
import { makeRoom, numberOfRestored } from './emptyDatabase.ts'
import { forgetMissing } from './forgetMissing.ts'
import { keysFile, unbundleKeys } from './keysBundle.ts'
import type { Manifest } from './manifest.ts'
import { findBackup, manifestFile, partsOf, type BackupPlace } from './places.ts'
import { checkBackup, heldParts, readManifest } from './readBackup.ts'
import { readNote, removeNote, writeNote, type RestoringNote } from './restoring.ts'
import { readSealed } from './sealedFile.ts'
import { tableFile } from './snapshot.ts'
import { BackupTrouble, inWords } from './trouble.ts'

export interface RestoreTarget {
  readonly dataFolder: string
  readonly keysFolder: string
  readonly parts: PartStore
  readonly clock: Clock
  /** Gives the database's connection string; called when the backup is known to be good. */
  readonly database: () => Promise<Result<string, string>>
}

export interface Restored {
  readonly manifest: Manifest
  readonly epoch: { readonly id: EpochId; readonly number: number }
}

/** A backup that has been read to the last bit. */
interface Verified extends BackupPlace {
  readonly manifest: Manifest
  readonly key: Uint8Array
  readonly digest: string
}

/** Puts back the backup that `path` names, or the newest in it; or says in a sentence why nothing was changed. */
export async function restoreBackup(path: string, escrow: PrivateJwk, target: RestoreTarget): Promise<Result<Restored, string>> {
  return inWords(path, async () => {
    const note = await readNote(target.dataFolder)
    if (note === null && (await hasKeys(target.keysFolder))) {
      throw new BackupTrouble(`There are keys of an office in ${target.keysFolder} already: a restore goes only where no office is. Set DATA_DIR and KEYS_DIR to new folders.`)
    }
    const backup = await verified(path, escrow)
    const url = await target.database()
    if (!url.ok) throw new BackupTrouble(url.failure)
    return withConnection(url.value, (client) => putBack(backup, note, target, url.value, client))
  })
}

async function verified(path: string, escrow: PrivateJwk): Promise<Verified> {
  const place = await findBackup(path)
  if (place === null) throw new BackupTrouble(`There is no backup in ${path}.`)
  const { manifest, keySet, sealedKey } = await readManifest(place.folder)
  if (!knowsMigration(manifest.schema)) throw new BackupTrouble('This backup was made by a newer version of Tiếp Sức: put it back with that version or a newer one.')
  if ((await thumbprint(keySet.escrow)) !== (await thumbprint(publicHalf(escrow)))) {
    throw new BackupTrouble(`This escrow key does not open this backup: it was made by "${manifest.office.name}" and sealed to another escrow key.`)
  }
  const key = await openBackupKey(sealedKey, escrow)
  if (key === null) throw new BackupTrouble('The key of this backup is cut or changed.')
  await checkBackup(place.folder, manifest, key, partsOf(place.dir))
  const digest = createHash('sha256').update(await readFile(join(place.folder, manifestFile))).digest('base64url')
  return { ...place, manifest, key, digest }
}

async function putBack(backup: Verified, earlier: RestoringNote | null, target: RestoreTarget, url: string, client: Client): Promise<Restored> {
  const { manifest, key, folder, dir, digest } = backup
  const { clock, dataFolder } = target
  const isSame = earlier?.backup === digest
  const id = isSame ? earlier.epoch : branded(uuidv7(clock.now(), randomBytes(10)), isEpochId)
  const numberBefore = isSame ? await numberOfRestored(client, id) : null
  const epoch = { id, number: numberBefore ?? risingNumber(manifest.epoch.number, clock.now()) }
  if (numberBefore === null) {
    await makeRoom(client)
    await mkdir(dataFolder, { recursive: true, mode: 0o700 })
    await writeNote(dataFolder, { backup: digest, epoch: id })
    await putPartsBack(heldParts(folder, manifest, key), partsOf(dir), target.parts)
    await unbundleKeys(await wholeOf(readSealed(join(folder, keysFile), keysFile, key)), target.keysFolder)
    await migrated(url, manifest.schema)
    await fillTables(client, backup, epoch, clock.now())
  }
  await migrated(url)
  await noteRestore(client, { epoch: id, backupAtMs: Date.parse(manifest.at), atMs: clock.now() })
  await forgetMissing(url, manifest, target)
  await removeNote(dataFolder)
  return { manifest, epoch }
}

async function putPartsBack(names: AsyncIterable<string>, from: PartStore, to: PartStore): Promise<void> {
  for await (const name of names) {
    if ((await to.check(name)) === 'whole') continue
    const bytes = await from.read(name)
    if (bytes === null) throw new BackupTrouble(`The part ${name} of this backup is missing.`)
    await to.write(name, bytes)
  }
}

async function wholeOf(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const held: Buffer[] = []
  for await (const piece of pieces) held.push(piece)
  return Buffer.concat(held)
}

/** Brings the database to a version of its tables: that of the backup, and afterwards the newest. */
async function migrated(url: string, schema?: string): Promise<void> {
  const db = openDatabase(url, () => undefined, 1, backupApplication)
  try {
    const done = await migrate(db, schema)
    if (!done.ok) throw new BackupTrouble(`The tables cannot be made: ${done.failure}.`)
  } finally {
    await db.destroy()
  }
}

/** All rows, the new epoch, no number twice, and no one-time code that is still open: in one transaction. */
async function fillTables(client: Client, { manifest, folder, key }: Verified, epoch: Restored['epoch'], nowMs: number): Promise<void> {
  await client.query('begin')
  for (const { name, columns, lines } of manifest.tables) {
    const filling = client.query(copyFrom(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`))
    await pipeline(Readable.from(readSealed(join(folder, tableFile(name)), tableFile(name), key)), filling)
    if (filling.rowCount !== lines) throw new BackupTrouble(`The table ${name} took ${filling.rowCount} of ${lines} rows.`)
  }
  const root = await thumbprint(manifest.root)
  const { rowCount: strangers } = await client.query('select 1 from epoch where root <> $1', [root])
  if (strangers !== 0) throw new BackupTrouble('The tables of this backup belong to another office than its keys.')
  await client.query('update tickets set expires_at = $1 where spent_at is null and expires_at > $1', [nowMs])
  await leapNumbers(client)
  await client.query('insert into epoch (id, number, root, since_at) values ($1, $2, $3, $4)', [epoch.id, epoch.number, root, nowMs])
  await client.query('commit')
}

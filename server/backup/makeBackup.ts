/**
 * A backup that counts: snapshot, then the parts it names, then the online keys, all sealed to escrow; flushed, read back
 * and verified; only then it gets its name and its row, by which tablets learn that they may let go (invariant 10). What
 * dies on the way leaves a folder that nobody takes for a backup. A part that the office itself has lost stops nothing: all
 * else is worth as much as before. It is named, in the manifest and beside the row, and covers no application that needs it.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Client } from 'pg'
import { utf8 } from '../../core/bytes.ts'
import type { Digest } from '../../core/ids.ts'
import { sha256 } from '../../core/sealing/digest.ts'
import { backupKeyBytes, sealBackupKey } from '../../core/sealing/backupKey.ts'
import { thumbprint } from '../../core/sealing/keys.ts'
import type { Result } from '../../core/result.ts'
import type { Clock } from '../clock.ts'
import { readIfThere, syncFolder, writeSecret } from '../keys/keyFiles.ts'
import type { OfficeKeys } from '../keys/officeKeys.ts'
import type { PartStore } from '../parts/partStore.ts'
import { withConnection } from './connection.ts'
import { bundleKeys, keysFile } from './keysBundle.ts'
import { claimsOf, formatOf, signManifest, type Manifest } from './manifest.ts'
import { backupName, backupsIn, keyFile, makingName, manifestFile, partsOf, sweepMaking } from './places.ts'
import { checkBackup, partNames, readManifest } from './readBackup.ts'
import { writeSealed } from './sealedFile.ts'
import { takeSnapshot } from './snapshot.ts'
import { BackupTrouble, inWords } from './trouble.ts'

export interface BackupSource {
  readonly url: string
  readonly keys: OfficeKeys
  readonly keysFolder: string
  readonly parts: PartStore
  readonly clock: Clock
}

export interface MadeBackup {
  readonly folder: string
  readonly manifest: Manifest
  /** Parts that were not in the folder of backups before. */
  readonly newParts: number
  /** Ids of the applications that name a part which is missing in it. */
  readonly uncovered: readonly string[]
}

/** Makes a backup in the folder of backups `dir`; or says in a sentence why there is none. */
export async function makeBackup(source: BackupSource, dir: string): Promise<Result<MadeBackup, string>> {
  return inWords(dir, async () => {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    await syncFolder(dirname(resolve(dir)))
    await refuseOthers(dir, source.keys)
    await sweepMaking(dir, source.clock.now())
    const folder = join(dir, makingName())
    await mkdir(folder, { mode: 0o700 })
    try {
      return await withConnection(source.url, (client) => makeIn(folder, dir, source, client))
    } catch (cause) {
      await rm(folder, { recursive: true, force: true })
      throw cause
    }
  })
}

async function makeIn(folder: string, dir: string, source: BackupSource, client: Client): Promise<MadeBackup> {
  const { keys, clock } = source
  const key = new Uint8Array(randomBytes(backupKeyBytes))
  const sealedKey = `${await sealBackupKey(key, keys.keySet.escrow)}\n`
  await writeSecret(join(folder, keyFile), sealedKey)
  const atMs = clock.now()
  const snapshot = await takeSnapshot(client, folder, key)
  const copied = await copyParts(partNames(folder, snapshot.tables, key), source.parts, partsOf(dir))
  const manifest: Manifest = {
    format: formatOf(copied.missing),
    office: keys.keySet.office,
    root: keys.root,
    keySet: keys.keySetStatement,
    ...snapshot,
    tables: [...snapshot.tables],
    at: new Date(atMs).toISOString(),
    key: await sha256(utf8(sealedKey)),
    keys: await writeSealed(join(folder, keysFile), keysFile, [await bundleKeys(source.keysFolder)], key),
    parts: { count: copied.count, sizeBytes: copied.sizeBytes, missing: copied.missing },
  }
  await writeSecret(join(folder, manifestFile), `${await signManifest(manifest, keys.signing, keys.signingKid)}\n`)
  await checkBackup(folder, (await readManifest(folder)).manifest, key, partsOf(dir))
  const named = join(dir, backupName(atMs))
  await rename(folder, named)
  await syncFolder(dir)
  await count(client, manifest, atMs, clock.now())
  return { folder: named, manifest, newParts: copied.newParts, uncovered: await needing(client, copied.missing) }
}

interface Copied {
  readonly count: number
  readonly sizeBytes: number
  readonly newParts: number
  /** What the office has lost. */
  readonly missing: Digest[]
}

/** Copies what is not there yet, and mends what is there and damaged. */
async function copyParts(names: AsyncIterable<Digest>, from: PartStore, to: PartStore): Promise<Copied> {
  let [count, sizeBytes, newParts] = [0, 0, 0]
  const missing: Digest[] = []
  for await (const name of names) {
    const there = await to.find(name)
    const found = there.state === 'whole' ? there : await from.find(name)
    if (found.state !== 'whole') {
      missing.push(name)
      continue
    }
    if (there.state !== 'whole') await to.write(name, found.bytes)
    count += 1
    sizeBytes += found.bytes.length
    if (there.state === 'missing') newParts += 1
  }
  return { count, sizeBytes, newParts, missing }
}

/** The row by which tablets may let go, together with what it does not cover. Gaps of older backups say nothing any more. */
async function count(client: Client, { epoch, head, parts }: Manifest, atMs: number, verifiedMs: number): Promise<void> {
  const backup = [epoch.id, head, atMs]
  await client.query('begin')
  await client.query('insert into backups (epoch, head, at, verified_at) values ($1, $2, $3, $4) on conflict do nothing', [...backup, verifiedMs])
  await client.query('delete from backup_gaps where epoch <> $1 or (head, at) <= ($2, $3)', backup)
  await client.query('insert into backup_gaps (epoch, head, at, name) select $1, $2, $3, unnest($4::text[])', [...backup, parts.missing])
  await client.query('commit')
}

async function needing(client: Client, parts: readonly string[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>('select distinct id from parts_announced where name = any($1) order by id', [parts])
  return rows.map(({ id }) => id)
}

/** Two offices in one folder would end as one heap of parts with no owner. */
async function refuseOthers(dir: string, keys: OfficeKeys): Promise<void> {
  const [newest] = await backupsIn(dir)
  const statement = newest === undefined ? null : await readIfThere(join(dir, newest, manifestFile))
  const root = claimsOf(statement?.trim() ?? '')?.root
  if (root !== undefined && (await thumbprint(root)) !== keys.rootThumbprint) throw new BackupTrouble(`The folder ${dir} holds backups of another office: take a folder of its own.`)
}

/**
 * Backups in tests. Without a socket, for contract tests: `takesBackup(whole, dir)` and `putsBack(backup)`, the latter giving
 * a new whole office on a fresh database and in a fresh folder.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ok, type Result } from '../../core/result.ts'
import type { PrivateJwk } from '../../core/sealing/keys.ts'
import { unlockKey } from '../../core/sealing/locked.ts'
import { makeBackup, type MadeBackup } from '../../server/backup/makeBackup.ts'
import { restoreBackup, type Restored } from '../../server/backup/restoreBackup.ts'
import { partsOnDisk } from '../../server/parts/partStore.ts'
import { createTestDatabase, type TestDatabase } from './postgres.ts'
import { aWholeOffice, type WholeOffice } from './wholeOffice.ts'

export interface Backup extends MadeBackup {
  readonly dir: string
  readonly escrow: PrivateJwk
}

/** Makes a backup of a whole office as the command does. */
export async function takesBackup(whole: WholeOffice, dir: string): Promise<Backup> {
  const made = await triesBackup(whole, dir)
  if (!made.ok) throw new Error(made.failure)
  return { ...made.value, dir, escrow: await escrowOf(whole) }
}

/** As `takesBackup`, with the sentence when it is refused. */
export async function triesBackup({ office, database }: WholeOffice, dir: string): Promise<Result<MadeBackup, string>> {
  const { keys, config, parts, clock } = office
  return makeBackup({ url: database.url, keys, keysFolder: config.keysFolder, parts, clock }, dir)
}

/** The escrow key of a whole office, opened with its passphrase. */
export async function escrowOf(whole: WholeOffice): Promise<PrivateJwk> {
  const locked = readFileSync(join(whole.office.config.dataFolder, 'take-offline', 'escrow.jwe'), 'utf8')
  const key = await unlockKey(locked, whole.passphrase)
  if (!key.ok) throw new Error(key.failure.kind)
  return key.value
}

export interface Bare {
  readonly folder: string
  readonly database: TestDatabase
}

/** A machine without an office: an empty folder and an empty database. */
export async function aBareMachine(): Promise<Bare> {
  return { folder: mkdtempSync(join(tmpdir(), 'tiepsuc-office-')), database: await createTestDatabase() }
}

/** Restores onto a bare machine, whose clock says `at`, or says why not. */
export async function triesRestore(path: string, escrow: PrivateJwk, { folder, database }: Bare, at = '2026-11-24T04:00:00.000Z'): Promise<Result<Restored, string>> {
  const dataFolder = join(folder, 'data')
  return restoreBackup(path, escrow, {
    dataFolder,
    keysFolder: join(dataFolder, 'keys'),
    parts: partsOnDisk(join(dataFolder, 'parts'), () => randomUUID()),
    clock: { now: () => Date.parse(at) },
    database: () => Promise.resolve(ok(database.url)),
  })
}

/** Restores onto a bare machine, whose clock says `at`, and starts the office there. */
export async function putsBack({ dir, escrow }: Pick<Backup, 'dir' | 'escrow'>, at?: string): Promise<WholeOffice> {
  const bare = await aBareMachine()
  const restored = await triesRestore(dir, escrow, bare, at)
  if (!restored.ok) throw new Error(restored.failure)
  return aWholeOffice({ at: bare })
}

/**
 * A folder of backups: one folder a backup, and the parts of all of them together, so that a second backup writes only the
 * parts that are new. A backup appears under its name when it is whole and has been read back.
 */
import { randomUUID } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { readIfThere } from '../keys/keyFiles.ts'
import { errorCode } from '../postgres/startFailure.ts'
import { partsOnDisk, type PartStore } from '../parts/partStore.ts'

export const manifestFile = 'manifest.jws'
export const keyFile = 'key.jwe'
const begins = 'backup-'
const making = 'making-'
const staleMs = 24 * 3_600_000

/** The parts of all backups in a folder. */
export const partsOf = (dir: string): PartStore => partsOnDisk(join(dir, 'parts'), () => randomUUID())

/** A name for the backup of a moment; names sort by time. */
export const backupName = (atMs: number): string => `${begins}${new Date(atMs).toISOString().replaceAll(/[-:.]/g, '')}-${randomUUID().slice(0, 4)}`

/** Name of a backup that is being written. */
export const makingName = (): string => `${making}${randomUUID()}`

export interface BackupPlace {
  /** The folder of this one backup. */
  readonly folder: string
  /** The folder of backups that it lies in. */
  readonly dir: string
}

/** The backup that `path` names, or the newest in it; null when there is none. */
export async function findBackup(path: string): Promise<BackupPlace | null> {
  const given = resolve(path)
  if ((await readIfThere(join(given, manifestFile)).catch(nothingThere)) !== null) return { folder: given, dir: dirname(given) }
  const [newest] = await backupsIn(given)
  return newest === undefined ? null : { folder: join(given, newest), dir: given }
}

/** Names of the backups in a folder, newest first. */
export async function backupsIn(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch(nothingThere)
  return (names ?? []).filter((name) => name.startsWith(begins)).sort().reverse()
}

/** Removes what backups that died a day ago or longer have left. */
export async function sweepMaking(dir: string, nowMs: number): Promise<void> {
  for (const name of await readdir(dir)) {
    if (!basename(name).startsWith(making)) continue
    const { mtimeMs } = await stat(join(dir, name))
    if (nowMs - mtimeMs > staleMs) await rm(join(dir, name), { recursive: true, force: true })
  }
}

function nothingThere(cause: unknown): null {
  if (errorCode(cause) === 'ENOENT' || errorCode(cause) === 'ENOTDIR') return null
  throw cause
}

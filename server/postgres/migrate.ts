/** Brings a database to this version. Migrations are listed here one by one, so that the built office carries them. */
import { Migrator, type Kysely, type Migration } from 'kysely'
import { fail, ok, type Result } from '../../core/result.ts'
import * as backupGaps from './migrations/backupGaps.ts'
import * as backups from './migrations/backups.ts'
import * as disputedSequence from './migrations/disputedSequence.ts'
import * as first from './migrations/first.ts'
import * as formerKeys from './migrations/formerKeys.ts'
import * as officers from './migrations/officers.ts'
import * as restores from './migrations/restores.ts'
import type { Tables } from './tables.ts'

const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': first,
  '0002-officers': officers,
  '0003-disputed-sequence': disputedSequence,
  '0004-backups': backups,
  '0005-former-keys': formerKeys,
  '0006-restores': restores,
  '0007-backup-gaps': backupGaps,
}

/** True when this version of the office has a migration of that name. */
export function knowsMigration(name: string): boolean {
  return Object.hasOwn(migrations, name)
}

/** Migrates to the newest version, or to the one named; the failure is what PostgreSQL said. Safe when two nodes start at once. */
export async function migrate(db: Kysely<Tables>, to?: string): Promise<Result<undefined, string>> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = to === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(to)
  if (error === undefined) return ok(undefined)
  return fail(error instanceof Error ? error.message : 'unknown error')
}

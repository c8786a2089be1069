/** A restore fills a database that nobody uses and nobody has used; anything else is left exactly as it is. */
import type { Client } from 'pg'
import * as v from 'valibot'
import type { EpochId } from '../../core/ids.ts'
import { quoted } from './connection.ts'
import { BackupTrouble } from './trouble.ts'

const migrationTables = ['kysely_migration', 'kysely_migration_lock']
const oneShape = v.object({ found: v.boolean() })
const namesShape = v.array(v.object({ name: v.string() }))

/** The number of this epoch when it stands in the database already: a restore that died after its commit. Else null. */
export async function numberOfRestored(client: Client, epoch: EpochId): Promise<number | null> {
  if (!(await asks(client, `select to_regclass('epoch') is not null as found`))) return null
  const { rows } = await client.query('select number from epoch where id = $1', [epoch])
  const [row] = v.parse(v.array(v.object({ number: v.number() })), rows)
  return row?.number ?? null
}

/** Throws BackupTrouble when an office is connected or anything stands in the tables; removes empty tables of ours. */
export async function makeRoom(client: Client): Promise<void> {
  const busy = `select exists (select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name = 'tiepsuc') as found`
  if (await asks(client, busy)) throw new BackupTrouble('An office is connected to this database: stop it first. A restore never goes into a running office.')
  const { rows } = await client.query(`select tablename as name from pg_tables where schemaname = current_schema() order by tablename`)
  const names = v.parse(namesShape, rows).map(({ name }) => name)
  for (const name of names) {
    if (migrationTables.includes(name)) continue
    if (await asks(client, `select exists (select 1 from ${quoted(name)}) as found`)) {
      throw new BackupTrouble(`The database is not empty (${name} has rows): a restore goes only into an empty one. Set DATA_DIR to a new folder, or DATABASE_URL to a new database.`)
    }
  }
  // Made by a restore that died, or by another version: they are made again as the backup knows them.
  if (names.length > 0) await client.query(`drop table ${names.map(quoted).join(', ')} cascade`)
}

async function asks(client: Client, question: string, values: readonly unknown[] = []): Promise<boolean> {
  const { rows } = await client.query(question, [...values])
  return v.parse(oneShape, rows[0]).found
}

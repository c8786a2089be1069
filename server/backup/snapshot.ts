/**
 * The database as it stood at one moment: every table is read in one REPEATABLE READ, READ ONLY transaction, while the
 * office goes on taking in applications. Whatever the ledger's head in it says is there with all that belongs to it.
 */
import { join } from 'node:path'
import type { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import * as v from 'valibot'
import { isEpochId, type EpochId } from '../../core/ids.ts'
import { quoted } from './connection.ts'
import type { TableFacts } from './manifest.ts'
import { writeSealed } from './sealedFile.ts'
import { fillingOrder, type Reference } from './tableOrder.ts'
import { BackupTrouble } from './trouble.ts'

/**
 * Not worth carrying: proofs are good for five minutes, sessions and half-done verifications of officers must not live on
 * in a restored office. The migration tables are made anew by the migrations.
 */
export const leftOut: readonly string[] = ['proofs', 'officer_sessions', 'officer_verifications', 'kysely_migration', 'kysely_migration_lock']

export interface Snapshot {
  readonly epoch: { readonly id: EpochId; readonly number: number }
  readonly head: number
  readonly schema: string
  readonly tables: readonly TableFacts[]
}

/** File of a table inside a backup. */
export const tableFile = (name: string): string => `table-${name}.sealed`

/** Reads every table of the office into sealed files of `folder`. */
export async function takeSnapshot(client: Client, folder: string, key: Uint8Array): Promise<Snapshot> {
  await client.query('begin transaction isolation level repeatable read, read only')
  const found = await markOf(client)
  const tables: TableFacts[] = []
  for (const name of await tablesInOrder(client)) tables.push(await readTable(client, name, folder, key))
  await client.query('commit')
  return { ...found, tables }
}

async function readTable(client: Client, name: string, folder: string, key: Uint8Array): Promise<TableFacts> {
  const columns = await columnsOf(client, name)
  const rows = client.query(copyTo(`copy (select ${columns.map(quoted).join(', ')} from ${quoted(name)}) to stdout`))
  const facts = await writeSealed(join(folder, tableFile(name)), tableFile(name), rows, key)
  // PostgreSQL's own count comes after the last row; the next question is answered after it.
  await client.query('select 1')
  if (facts.lines !== rows.rowCount) throw new BackupTrouble(`The table ${name} gave ${facts.lines} of ${rows.rowCount} rows: try again.`)
  return { name, columns, ...facts }
}

const markShape = v.object({
  id: v.custom<EpochId>((id) => typeof id === 'string' && isEpochId(id)),
  number: v.number(),
  head: v.pipe(v.string(), v.transform(Number)),
  schema: v.string(),
})

async function markOf(client: Client): Promise<Omit<Snapshot, 'tables'>> {
  const schema = await client.query(`select to_regclass('backup_gaps') is not null as ready`)
  if (!v.is(v.object({ ready: v.literal(true) }), schema.rows[0])) throw new BackupTrouble('This database was never used by an office of this version: start the office once, then make the backup.')
  const { rows } = await client.query(`
    select id, number, (select coalesce(max(seq), 0) from events)::text as head, (select max(name) from kysely_migration) as schema
    from epoch order by number desc limit 1`)
  const mark = v.safeParse(markShape, rows[0])
  if (!mark.success) throw new BackupTrouble('This database holds no office: start the office once, then make the backup.')
  const { id, number, head, schema: newest } = mark.output
  return { epoch: { id, number }, head, schema: newest }
}

const namesShape = v.array(v.object({ name: v.string() }))

async function tablesInOrder(client: Client): Promise<string[]> {
  const tables = await client.query(`select tablename as name from pg_tables where schemaname = current_schema()`)
  const references = await client.query<{ from: string; to: string }>(`
    select conrelid::regclass::text as "from", confrelid::regclass::text as "to" from pg_constraint
    where contype = 'f' and connamespace = current_schema()::regnamespace`)
  const names = v.parse(namesShape, tables.rows).map(({ name }) => name)
  return fillingOrder(names.filter((name) => !leftOut.includes(name)), references.rows satisfies Reference[])
}

async function columnsOf(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query(
    `select column_name as name from information_schema.columns where table_schema = current_schema() and table_name = $1 order by ordinal_position`,
    [table],
  )
  return v.parse(namesShape, rows).map(({ name }) => name)
}

/** The database of a running office, for tests that look behind it. */
import { join } from 'node:path'
import pg from 'pg'
import { startPostgres } from '../../server/postgres/embedded.ts'
import type { OfficeRun } from './officeRun.ts'

/** Runs one question against the office's own PostgreSQL; it lives already and is only adopted. */
export async function ask(office: OfficeRun, sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
  const found = await startPostgres({ dataFolder: join(office.folder, 'data'), log: () => undefined })
  if (!found.ok) throw new Error(found.failure.sentence)
  const client = new pg.Client({ connectionString: found.value.url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql, [...values])).rows
  } finally {
    await client.end()
  }
}

/** How many rows a table has. */
export async function count(office: OfficeRun, table: string): Promise<number> {
  const [row] = await ask(office, `select count(*)::int as n from ${table}`)
  return Number(row?.['n'])
}

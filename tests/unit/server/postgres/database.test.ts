import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openDatabase } from '../../../../server/postgres/database.ts'
import { createTestDatabase } from '../../../support/postgres.ts'

test('a connection that breaks between two queries of a transaction is told of, fails the transaction, and ends nothing else', async () => {
  const database = await createTestDatabase()
  let tell: () => void = () => undefined
  const lost = new Promise<void>((resolve) => {
    tell = resolve
  })
  const db = openDatabase(database.url, () => tell())
  const other = openDatabase(database.url, () => undefined)

  const broken = db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(other)
    await lost
    await sql`select 1`.execute(tx)
  })

  await expect(broken).rejects.toThrow()
  expect((await sql<{ is: number }>`select 1 as is`.execute(db)).rows).toEqual([{ is: 1 }])
  await db.destroy()
  await other.destroy()
  await database.drop()
})

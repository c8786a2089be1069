/** Short running numbers of people and tablets. Not for events: those are numbered in ledger/append. */
import { sql } from 'kysely'
import type { Client } from 'pg'
import type { Tx } from '../postgres/database.ts'

const series = ['device', 'volunteer'] as const
type Series = (typeof series)[number]

/** The next number of a series, from 1. The row stays locked until the transaction ends. */
export async function nextNumber(tx: Tx, name: Series): Promise<number> {
  const { value } = await tx
    .insertInto('counters')
    .values({ name, value: 1 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`counters.value + 1` }))
    .returning('value')
    .executeTakeFirstOrThrow()
  return value
}

/**
 * Far more tablets or volunteers than come between two backups. A tablet's number has up to four characters (localCode), so
 * there is room for 9,999 numbers: an office could be put back almost a hundred times.
 */
const leap = 100

/**
 * Moves every series on, also those that have not begun. Of an office that is put back nobody knows which numbers it gave
 * after the backup, and they stand on slips and badges that are out: the code of a slip is a tablet's number, a day and a
 * count, so a second tablet under the same number would give two citizens the same code.
 */
export async function leapNumbers(client: Client): Promise<void> {
  await client.query(
    `insert into counters (name, value) select unnest($1::text[]), $2::int
     on conflict (name) do update set value = counters.value + excluded.value`,
    [[...series], leap],
  )
}

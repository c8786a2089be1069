/** Short running numbers of people and tablets. Not for events: those are numbered in ledger/append. */
import { sql } from 'kysely'
import type { Tx } from '../postgres/database.ts'

/** The next number of a series, from 1. The row stays locked until the transaction ends. */
export async function nextNumber(tx: Tx, name: 'device' | 'volunteer'): Promise<number> {
  const { value } = await tx
    .insertInto('counters')
    .values({ name, value: 1 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: sql`counters.value + 1` }))
    .returning('value')
    .executeTakeFirstOrThrow()
  return value
}

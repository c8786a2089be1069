/** Officers can be disabled, and the list says when each was last here. */
import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table officers add column disabled_at bigint, add column last_signed_in_at bigint`.execute(db)
}

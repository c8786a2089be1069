/** The device's number of a disputed application, so that it does not look like one that never came. Older rows have none. */
import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table disputes add column seq int`.execute(db)
  await sql`create index disputes_by_device on disputes (device, seq)`.execute(db)
}

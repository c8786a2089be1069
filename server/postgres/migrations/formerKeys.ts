/** Keys that a tablet had before it lost them, and which the office knows by that tablet's word alone (people/formerKeys.ts). */
import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table devices add column former_of text references devices(id)`.execute(db)
  await sql`create index devices_by_former on devices (former_of) where former_of is not null`.execute(db)
}

/** Keys that a tablet has lost and names (people/formerKeys.ts): those it named, and those it was confirmed with. */
import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table devices add column former_of text references devices(id)`.execute(db)
  await sql`create index devices_by_former on devices (former_of) where former_of is not null`.execute(db)
  await sql`create table named_keys (tablet text not null references devices(id), id text not null, jwk text not null, primary key (tablet, id))`.execute(db)
}

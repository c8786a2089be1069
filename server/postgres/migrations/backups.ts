/** What has been copied elsewhere, read back and found whole: a row comes after the proof and never before it. */
import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table backups (
    epoch text not null, head bigint not null, at bigint not null, verified_at bigint not null, primary key (epoch, head, at))`.execute(db)
}

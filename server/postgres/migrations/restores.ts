/** From which backups this office was put back, and who has ended again since what was ended after them (restores.ts). */
import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table restores (
    epoch text primary key, backup_at bigint not null, restored_at bigint not null, reviewed_at bigint, reviewed_by text)`.execute(db)
}

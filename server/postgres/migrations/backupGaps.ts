/** Parts that a backup does not hold because the office itself had lost them: what names one is not covered by that backup. */
import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table backup_gaps (
    epoch text not null, head bigint not null, at bigint not null, name text not null,
    primary key (epoch, head, at, name), foreign key (epoch, head, at) references backups (epoch, head, at))`.execute(db)
}

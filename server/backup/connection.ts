/** One connection of its own for backup and restore: no time limits, and texts that mean the same on every server. */
import pg from 'pg'

/** By this name an office sees who is at its database. */
export const backupApplication = 'tiepsuc-backup'

/** Runs `work` on a fresh connection and ends it, whatever happens. */
export async function withConnection<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: backupApplication, connectionTimeoutMillis: 10_000 })
  // A connection that breaks also fails the query under way; without a listener it would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(`set client_encoding to 'UTF8'; set datestyle to 'ISO'; set timezone to 'UTC'; set bytea_output to 'hex'; set statement_timeout to 0`)
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** A name as SQL takes it. */
export const quoted = (name: string): string => pg.escapeIdentifier(name)

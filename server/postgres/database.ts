/**
 * The pool. Every query has an end (statement timeout), a connection that breaks is an event and never a crash, and bigint
 * comes as number: our largest is a time in milliseconds.
 */
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Tables } from './tables.ts'

export type Database = Kysely<Tables>
export type Tx = Transaction<Tables>

const statementTimeoutMs = 15_000
const connectTimeoutMs = 10_000

/** pg's own parsers, but for bigint. */
const ourTypes = new pg.TypeOverrides()
ourTypes.setTypeParser(pg.types.builtins.INT8, Number)

/** Connects lazily to `url`; `onLoss` is told when a connection breaks while no query of it is under way. */
export function openDatabase(url: string, onLoss: () => void, connections = 10, name = 'tiepsuc'): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    lock_timeout: statementTimeoutMs,
    application_name: name,
    types: ourTypes,
  })
  // The pool listens only to connections that rest in it; one that is lent out for a transaction breaks between two queries, too.
  pool.on('connect', (client) => client.on('error', onLoss))
  // What it says of a resting one has been heard from the connection itself.
  pool.on('error', () => undefined)
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}

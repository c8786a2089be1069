// Databases for tests: each test file takes its own, copied from a template that is prepared once a run.
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { startPostgres } from '../../server/postgres/embedded.ts'

export interface TestDatabase {
  /** A connection string for this database alone. */
  readonly url: string
  /** Removes it, whoever is still connected. */
  readonly drop: () => Promise<void>
}

/** Brings an empty database into the state that tests begin with (its migrations); must close its own connections. */
export interface Template {
  /** Lower-case letters, digits and underscores. Two states need two names. */
  readonly name: string
  readonly prepare: (url: string) => Promise<void>
}

/** The address of the run's throw-away PostgreSQL (fsync off), started by whoever asks first. */
export async function testPostgresUrl(folder: string = inject('postgresFolder')): Promise<string> {
  const parent = join(folder, 'root')
  mkdirSync(parent, { recursive: true, mode: 0o711 })
  const started = await startPostgres({ dataFolder: join(folder, 'data'), parent, durable: false, log: () => undefined })
  if (!started.ok) throw new Error(started.failure.sentence, { cause: started.failure.said })
  return started.value.url
}

/** A new database: empty, or a copy of the template, which the first caller of the run prepares. */
export async function createTestDatabase(template?: Template, serverUrl?: string): Promise<TestDatabase> {
  const server = serverUrl ?? (await testPostgresUrl())
  const name = `test_${randomUUID().replaceAll('-', '')}`
  if (template === undefined) {
    await withClient(server, (client) => client.query(`create database ${name}`))
  } else {
    await prepareOnce(server, template)
    await withClient(server, (client) => client.query(`create database ${name} template ${templateName(template)}`))
  }
  return {
    url: named(server, name),
    drop: async () => {
      await withClient(server, (client) => client.query(`drop database if exists ${name} with (force)`))
    },
  }
}

async function prepareOnce(server: string, template: Template): Promise<void> {
  await withClient(server, async (client) => {
    // Held until this connection ends, so that other test processes wait for the whole preparation.
    await client.query('select pg_advisory_lock(hashtext($1))', [template.name])
    const ready = templateName(template)
    const found = await client.query('select 1 from pg_database where datname = $1', [ready])
    if (found.rowCount !== 0) return
    const making = `${ready}_making`
    await client.query(`drop database if exists ${making} with (force)`)
    await client.query(`create database ${making}`)
    await template.prepare(named(server, making))
    await client.query(`alter database ${making} rename to ${ready}`)
  })
}

function templateName({ name }: Template): string {
  return `template_${name}`
}

function named(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

async function withClient<T>(url: string, ask: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await ask(client)
  } finally {
    await client.end()
  }
}

/**
 * Asks a PostgreSQL who it is: the only proof that a living process serves our own cluster and takes our password.
 */
import { realpath } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { errorCode } from './startFailure.ts'
import type { Address } from './postmaster.ts'

export const role = 'tiepsuc'
export const database = 'tiepsuc'

export type Knock =
  | { readonly answer: 'ours' }
  | { readonly answer: 'other'; readonly said: string }
  | { readonly answer: 'wrongPassword' }
  | { readonly answer: 'none'; readonly said: string }

/** `57P03`: the server is starting, stopping or recovering; a moment later it will answer. */
const notNow = '57P03'
const wrongPassword = '28P01'

/** The URL under which `pg` and everything on it reaches a database of our cluster. */
export function urlOf(address: Address, password: string, name: string = database): string {
  const start = `postgresql://${role}:${encodeURIComponent(password)}@`
  if ('socketFolder' in address) return `${start}localhost:${address.port}/${name}?host=${encodeURIComponent(address.socketFolder)}`
  return `${start}127.0.0.1:${address.port}/${name}`
}

/** Connects until there is an answer that is not "starting", for at most `patienceMs`. */
export async function knock(address: Address, password: string, cluster: string, patienceMs: number): Promise<Knock> {
  const until = performance.now() + patienceMs
  for (;;) {
    const { answer, again } = await knockOnce(address, password, cluster)
    if (!again || performance.now() > until) return answer
    await pause(50)
  }
}

async function knockOnce(address: Address, password: string, cluster: string): Promise<{ answer: Knock; again: boolean }> {
  try {
    const folder = await withClient(urlOf(address, password, 'postgres'), async (client) => {
      const shown = await client.query<{ data_directory: string }>('show data_directory')
      return shown.rows[0]?.data_directory ?? ''
    })
    const same = (await realpath(folder).catch(() => folder)) === (await realpath(cluster).catch(() => cluster))
    return { answer: same ? { answer: 'ours' } : { answer: 'other', said: folder }, again: false }
  } catch (cause) {
    const code = errorCode(cause)
    if (code === wrongPassword) return { answer: { answer: 'wrongPassword' }, again: false }
    const said = cause instanceof Error ? cause.message : String(cause)
    return { answer: { answer: 'none', said }, again: code === notNow || code === 'ECONNREFUSED' || code === 'ENOENT' }
  }
}

/** Makes the office's database when the cluster has none yet. */
export async function makeDatabase(address: Address, password: string): Promise<void> {
  await withClient(urlOf(address, password, 'postgres'), async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [database])
    if (found.rowCount === 0) await client.query(`create database ${database}`)
  })
}

async function withClient<T>(url: string, ask: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  // A connection that breaks later also fails the query below; without a listener it would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await ask(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

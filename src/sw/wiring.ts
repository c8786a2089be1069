/** The worker's ports. It reads sealed bytes and sends them; it has no key of a volunteer and no way to one. */
import { openDatabase } from '../offline/db.ts'
import { makeSignedIn } from '../offline/dpop.ts'
import { askHoldingsNow, fetchNews } from '../offline/feed/news.ts'
import { makeHttp } from '../offline/http.ts'
import { noteRefusal, readIdentity } from '../offline/keys.ts'
import { orFresh } from '../offline/outbox/freshParts.ts'
import { makeMirrorReader } from '../offline/outbox/mirror.ts'
import { overHttp } from '../offline/outbox/overHttp.ts'
import { makePartStore } from '../offline/outbox/parts.ts'
import { openItems } from '../offline/outbox/queue.ts'
import { makeRunner } from '../offline/outbox/runner.ts'
import { channelName, makeChannel, makeClock, makeLocks, makeRandom, timers } from '../offline/platform.ts'
import type { Fetch, Timers } from '../offline/ports.ts'
import { refreshKeys } from '../offline/refreshKeys.ts'
import { makeSignals } from '../offline/signals.ts'
import type { ShellPorts } from './shell.ts'

/** A worker is put to sleep at will: it never waits for a later try; the browser or a page wakes it. */
const never: Timers = { after: () => () => undefined }

/** What the shell needs of the worker's world. */
export function shellPorts({ location, caches, clients, registration, navigator }: ServiceWorkerGlobalScope): ShellPorts {
  return { origin: location.origin, caches, clients, registration, locks: navigator.locks, fetch: (request) => fetch(request) }
}

/**
 * Sends what waits, fetches news, and sends again what an office that was put back has lost. Rejects when something still
 * waits, so that the browser asks again later.
 */
export async function deliverInBackground(): Promise<void> {
  const root = (): Promise<FileSystemDirectoryHandle> => navigator.storage.getDirectory()
  const fetchNow: Fetch = (url, init) => fetch(url, init)
  const [clock, random, db] = [makeClock(() => Date.now()), makeRandom(crypto), openDatabase()]
  const steady = makeClock(() => performance.timeOrigin + performance.now())
  const base = { db, clock, steady, random, origin: location.origin, fetch: fetchNow }
  const http = makeHttp({ ...base, timers })
  const signedIn = makeSignedIn({ ...base, http, identity: () => readIdentity(db), refused: (refusal) => noteRefusal(db, refusal) })
  const channel = new BroadcastChannel(channelName)
  const copies = { mirror: makeMirrorReader(root), parts: orFresh(makePartStore(root), db) }
  const runner = makeRunner({
    ...base,
    ...copies,
    timers: never,
    locks: makeLocks(navigator.locks),
    signals: makeSignals(makeChannel(() => channel)),
    transport: overHttp(http),
    refreshKeys: () => refreshKeys(db, http),
    trouble: (cause) => reportError(cause),
  })
  try {
    await runner.run('sync')
    const offered: string[] = []
    const news = { ...base, ...copies, http, signedIn, queued: () => void offered.push('again') }
    await fetchNews(news)
    await askHoldingsNow(news)
    if (offered.length > 0) await runner.run('queued')
    const waiting = await openItems(db)
    if (waiting.length > 0) throw new Error(`${waiting.length} applications still wait`)
  } finally {
    runner.stop()
    channel.close()
    db.close()
  }
}

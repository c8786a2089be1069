/**
 * What happens by itself while a page is open: finish what a kill interrupted, then send; and send, fetch news, packs and
 * the tablet's own state, and ask what the office still holds, whenever there is a reason to try. Everything here may fail
 * in silence: the next reason tries again, and what matters to a person is in the outbox's state.
 */
import { failures, type Failure } from '../../../core/failures.ts'
import { watchRows } from '../db.ts'
import { askHoldingsNow, fetchNews } from '../feed/news.ts'
import { readDevice, refreshDevice } from '../enrol.ts'
import { oneAtATime } from '../latest.ts'
import { settledAfterMs, settleFresh } from '../outbox/freshParts.ts'
import { recover } from '../outbox/recover.ts'
import { makeRoom } from '../outbox/purge.ts'
import { makeRunner } from '../outbox/runner.ts'
import type { Nudge } from '../outbox/state.ts'
import { sweepParts } from '../outbox/sweepParts.ts'
import { refreshPacks } from '../packs/refresh.ts'
import type { Stop } from '../ports.ts'
import { refreshKeys } from '../refreshKeys.ts'
import { measureRoom } from '../storage.ts'
import { every } from './every.ts'
import { keepLedger } from './keepLedger.ts'
import type { DeviceView } from '../tablet.ts'
import type { Inside } from './tabletPorts.ts'
import { overHttp } from '../outbox/overHttp.ts'

const newsEveryMs = 20_000
const packsEveryMs = 60 * 60_000
const holdingsEveryMs = 60 * 60_000
const waitingEveryMs = 5_000

export function keepGoing(inside: Inside): Stop {
  const { db, http, signals, surroundings, timers, trouble } = inside
  const runner = makeRunner({ ...inside, transport: overHttp(http), refreshKeys: () => refreshKeys(db, http) })
  const asking = { ...inside, queued: () => signals.send({ kind: 'queued' }) }
  let packsOwed = false
  const holdings = oneAtATime(() => askHoldingsNow(asking))
  const news = oneAtATime(() => fetchNews(asking))
  const packs = oneAtATime(async () => {
    const refreshed = await refreshPacks(inside)
    packsOwed = !refreshed.ok && isOfRoad(refreshed.failure)
  })
  const settle = oneAtATime(() => settleFresh({ ...inside, parts: inside.files }))
  const device = oneAtATime(() => refreshDevice(inside))
  const away = (work: Promise<unknown>): void => void work.catch(trouble)
  const send = (why: Nudge): void => away(runner.run(why))
  const all = (why: Nudge): void => {
    send(why)
    for (const fetch of [device, news, packs, ...(why === 'started' ? [holdings] : [])]) away(fetch())
  }
  const stops = [
    surroundings.onOnline(() => all('online')),
    surroundings.onVisible(() => {
      send('visible')
      away(news())
    }),
    signals.on(({ kind }) => {
      if (kind === 'queued' || kind === 'sendNow') send(kind)
      if (kind === 'reached' || kind === 'sendNow') away(news())
    }),
    every(timers, newsEveryMs, () => {
      if (!surroundings.visible()) return
      for (const asked of [news(), whenOwed(inside, packsOwed, packs), whileIn(inside, 'revoked', device)]) away(asked)
    }),
    every(timers, packsEveryMs, () => away(packs())),
    every(timers, holdingsEveryMs, () => away(holdings())),
    every(timers, settledAfterMs, () => away(settle())),
    every(timers, waitingEveryMs, () => away(whileIn(inside, 'waiting', device))),
    whenActive(inside, () => all('started')),
    () => runner.stop(),
  ]
  away(begin(inside).then(() => {
    stops.push(keepLedger(inside))
    all('started')
  }))
  return () => {
    for (const stop of stops) stop()
    stops.length = 0
  }
}

/**
 * Before anything is sent: what the database or a power cut took, orphans of a killed finalise or capture, and room for the
 * next one. Where the disk does not let one of them be done, the others go on, and so does the sending.
 */
async function begin(inside: Inside): Promise<void> {
  await inside.findings.look(() => recover(inside))
  await settleFresh({ ...inside, parts: inside.files }).catch(inside.trouble)
  await sweepParts(inside).catch(inside.trouble)
  await seeToRoom(inside).catch(inside.trouble)
}

async function seeToRoom(inside: Inside): Promise<void> {
  const { level } = await measureRoom(inside.storage)
  if (level !== 'fine') await makeRoom(inside.db, inside.mirror, inside.parts)
  if (level !== 'full') await inside.reserve.hold()
}

/** Calls once whenever the office has just made this tablet an active one, or knows again one that it had forgotten. */
function whenActive({ db, clock, trouble }: Inside, run: () => void): Stop {
  let before: string | null = null
  return watchRows(
    () => readDevice(db, clock),
    (device) => {
      const state = device?.refusal === 'notSignedIn' ? 'forgotten' : (device?.state ?? 'none')
      if (before !== null && before !== 'active' && state === 'active') run()
      before = state
    },
    trouble,
  )
}

/** Procedures that a bad road kept back, or that a new tablet has none of, are asked for with the news, not every hour. */
async function whenOwed({ db, clock }: Inside, isOwed: boolean, ask: () => Promise<unknown>): Promise<void> {
  if (!isOwed && (await db.packs.count()) > 0) return
  if ((await readDevice(db, clock))?.state === 'active') await ask()
}

const isOfRoad = ({ kind }: Failure): boolean => ['againLater', 'portal', 'officeTime'].includes(failures[kind].reaction)

/** An officer is about to compare six words, or may take a revoked tablet back: somebody looks at it and waits for the answer. */
async function whileIn({ db, clock, surroundings }: Inside, state: DeviceView['state'], ask: () => Promise<unknown>): Promise<void> {
  if (!surroundings.visible()) return
  if ((await readDevice(db, clock))?.state === state) await ask()
}

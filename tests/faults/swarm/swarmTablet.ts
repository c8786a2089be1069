/**
 * A tablet of the swarm: the real offline half (src/offline) on real tables in memory, with WebCrypto, in Node. It can be
 * killed at any moment: the page's memory and connections go, the disk stays.
 */
import Dexie from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { openDatabase, type Database } from '../../../src/offline/db.ts'
import { makeHttp } from '../../../src/offline/http.ts'
import { recover } from '../../../src/offline/outbox/recover.ts'
import { overHttp } from '../../../src/offline/outbox/overHttp.ts'
import { makeRunner, type Runner } from '../../../src/offline/outbox/runner.ts'
import type { Locks } from '../../../src/offline/ports.ts'
import { refreshKeys } from '../../../src/offline/refreshKeys.ts'
import { itemRowShape, readRow, readRows, vaultRowShape, type ItemRow } from '../../../src/offline/rows.ts'
import { makeSignals } from '../../../src/offline/signals.ts'
import { makeTablet } from '../../../src/offline/tablet/makeTablet.ts'
import type { TabletPorts } from '../../../src/offline/tablet/tabletPorts.ts'
import type { Draft, Tablet } from '../../../src/offline/tablet.ts'
import { birthPack } from '../../support/offline/fakeOffice.ts'
import { fakeChannels, fakeLedger, fakeLocks, fakeMirror, fakeParts, fakeReserve, fakeStorage, fakeSurroundings, realRandom, smallKdf, smallKdfParams } from '../../support/offline/fakePorts.ts'
import type { Chance } from '../lab/chance.ts'
import { fastTime } from '../lab/fastTime.ts'
import { breaksDisk } from './brokenDisk.ts'

// Live queries run only where Dexie has found an indexedDB of the platform; Node has none.
Dexie.dependencies.indexedDB = new IDBFactory()
Dexie.dependencies.IDBKeyRange = IDBKeyRange

const passphrase = 'một câu thật dài'
/** Everybody may send at once: the lock is for saving effort, never for correctness. */
const freeLocks: Locks = { hold: async (_name, _how, work) => (await work(), 'ran') }

export interface SwarmOptions {
  readonly name: string
  readonly chance: Chance
  /** How much faster pauses pass. */
  readonly pace: number
  /** How much faster deadlines of requests pass: less, since the office is not any faster. */
  readonly deadlinePace: number
  /** Where the tablet believes the office to be. */
  readonly officeOrigin: string
  /** Where its requests really go. */
  readonly roadOrigin: () => string
  readonly answers: Record<string, unknown>
  readonly hit: (kind: string) => void
}

interface Page {
  readonly tablet: Tablet
  readonly db: Database
  readonly runner: Runner
}

export interface SwarmTablet {
  readonly name: string
  enrol(ticket: string, badgeCode: string): Promise<void>
  /** What a person was told is saved, or null when the tablet said that it is not. */
  finalises(photos: number): Promise<ItemRow | null>
  /** Sends what can be sent now; with `alsoFrom` another page at the same time. */
  sends(alsoFrom?: 'anotherPage'): Promise<void>
  /** Presses "send now" once and leaves the rest to the tablet. */
  wakes(): Promise<void>
  /** The process dies and starts again; what is under way is not waited for. */
  dies(): Promise<void>
  setClock(byMs: number): void
  /** Stops every fault on this tablet. */
  heal(): void
  items(): Promise<readonly ItemRow[]>
  holds(item: ItemRow): Promise<boolean>
  close(): void
}

export function aSwarmTablet({ name, chance, pace, deadlinePace, officeOrigin, roadOrigin, answers, hit }: SwarmOptions): SwarmTablet {
  const time = fastTime(pace)
  const deadlines = fastTime(deadlinePace).timers
  const [mirror, parts, ledger, reserve] = [fakeMirror(), fakeParts(), fakeLedger(), fakeReserve()]
  const [storage, surroundings, channel, locks] = [fakeStorage(), fakeSurroundings(), fakeChannels(), fakeLocks()]
  const indexedDB = new IDBFactory()
  let isSick = true
  let page: Page | null = null

  function openPage(change: Partial<TabletPorts> = {}): Page {
    const db = openDatabase({ name: `swarm-${name}`, indexedDB, IDBKeyRange })
    breaksDisk(db, chance, 40, () => isSick, (error) => hit(`disk ${error}`))
    const ports: TabletPorts = {
      ...{ db, mirror, parts, ledger, reserve, storage, surroundings, locks, origin: officeOrigin },
      ...{ clock: time.clock, steady: time.steady, timers: time.timers, random: realRandom, signals: makeSignals(channel()) },
      ...{ kdf: smallKdf, newKdfParams: smallKdfParams, trouble: (cause) => tellTrouble(cause) },
      fetch: (url, init) => fetch(url.replace(officeOrigin, roadOrigin()), { ...init, headers: { ...asObject(init.headers), 'x-forwarded-for': addressOf(name) } }),
      ...change,
    }
    const http = makeHttp({ ...ports, timers: deadlines })
    const runner = makeRunner({ ...ports, transport: overHttp(http), refreshKeys: () => refreshKeys(db, http) })
    return { tablet: makeTablet(ports), db, runner }
  }

  async function startPage(): Promise<Page> {
    const started = openPage()
    const { db } = started
    // A start that meets a full disk is only a start; the next one tries again.
    await ifAlive(recover({ db, mirror, ledger, clock: time.clock }))
    const [vault] = readRows(vaultRowShape, await db.vaults.toArray())
    if (vault !== undefined) must(await started.tablet.vault.unlock(vault.id, passphrase))
    return started
  }

  const ready = async (): Promise<Page> => (page ??= await startPage())

  async function begin({ tablet }: Page, photos: number): Promise<Draft | null> {
    const draft = await tablet.drafts.start(birthPack)
    if (!draft.ok) return null
    const attachments = []
    for (let at = 0; at < photos; at += 1) {
      const bytes = realRandom.bytes(chance.oneIn(8) ? 300_000 : 3_000)
      const kept = await tablet.photos.keep({ document: 'birthCertificate', mediaType: 'image/jpeg', widthPx: 10, heightPx: 10, bytes })
      if (kept.ok) attachments.push(kept.value)
    }
    const content = { answers, papers: {}, attachments, touched: [], place: null, label: draft.value.id }
    const version = await tablet.drafts.save(draft.value.id, draft.value.version, content)
    return version.ok ? { ...draft.value, version: version.value } : null
  }

  return {
    name,
    async enrol(ticket, badgeCode) {
      isSick = false
      const first = openPage({ fetch: (url, init) => fetch(url, { ...init, headers: { ...asObject(init.headers), 'x-forwarded-for': addressOf(name) } }) })
      must(await first.tablet.device.enrol({ ticket }))
      must(await first.tablet.packs.refresh())
      must(await first.tablet.vault.create(must(await first.tablet.vault.claimBadge(badgeCode)), passphrase))
      first.db.close()
      isSick = true
    },
    async finalises(photos) {
      const now = await ready()
      const draft = await ifAlive(begin(now, photos))
      if (draft === null) return null
      const done = await ifAlive(now.tablet.drafts.finalise(draft.id, draft.version))
      return done?.ok === true ? readRow(itemRowShape, await now.db.items.get(draft.id)) : null
    },
    async sends(alsoFrom) {
      const { runner } = await ready()
      if (alsoFrom === undefined) {
        await ifAlive(runner.run('sendNow'))
        return
      }
      const other = openPage({ locks: freeLocks })
      await Promise.all([ifAlive(runner.run('sendNow')), ifAlive(other.runner.run('started'))])
      other.runner.stop()
      other.db.close()
    },
    async wakes() {
      const { runner } = await ready()
      void ifAlive(runner.run('sendNow'))
    },
    async dies() {
      const before = page
      page = null
      before?.runner.stop()
      before?.db.close()
      await ready()
    },
    setClock: (byMs) => time.setClock(byMs),
    heal() {
      isSick = false
    },
    items: async () => readRows(itemRowShape, await (await ready()).db.items.toArray()),
    holds: async ({ id }) => (await (await ready()).db.envelopes.get(id)) !== undefined,
    close() {
      page?.runner.stop()
      page?.db.close()
    },
  }
}

const asObject = (headers: HeadersInit | undefined): Record<string, string> => Object.fromEntries(new Headers(headers))

/** An address of its own from the net for documents, so that the office counts each tablet by itself. */
const addressOf = (name: string): string => `192.0.2.${1 + (Number(name.slice(1)) % 250)}`

function must<T>(result: { ok: true; value: T } | { ok: false; failure: { kind: string; why?: string } }): T {
  if (!result.ok) throw new Error(`expected success, got ${result.failure.kind} (${result.failure.why ?? ''})`)
  return result.value
}

/** The end of a page that was killed under way: its calls end in all sorts of errors, and nobody is there to hear them. */
async function ifAlive<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (cause) {
    if (isDeath(cause)) return null
    throw cause
  }
}

function isDeath(cause: unknown): boolean {
  return cause instanceof Dexie.DexieError || cause instanceof DOMException
}

function tellTrouble(cause: unknown): void {
  if (!isDeath(cause)) throw cause
}

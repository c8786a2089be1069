/**
 * A tablet of the swarm: the real offline half (src/offline) on real tables in memory, with WebCrypto, in Node. It can be
 * killed at any moment: the page's memory and connections go, the disk stays.
 */
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Attachment } from '../../../core/application/attachment.ts'
import type { DeviceId } from '../../../core/ids.ts'
import type { Database } from '../../../src/offline/db.ts'
import { readDevice } from '../../../src/offline/enrol.ts'
import { askHoldingsNow, fetchNews } from '../../../src/offline/feed/news.ts'
import { readIdentity } from '../../../src/offline/keys.ts'
import { recover } from '../../../src/offline/outbox/recover.ts'
import type { Fetch, Locks } from '../../../src/offline/ports.ts'
import { readRestored } from '../../../src/offline/restored.ts'
import { itemRowShape, packRowShape, readRow, readRows, vaultRowShape, type ItemRow, type PackRow } from '../../../src/offline/rows.ts'
import { keepLedger } from '../../../src/offline/tablet/keepLedger.ts'
import type { DeviceView, Draft, Tablet } from '../../../src/offline/tablet.ts'
import { birthPack } from '../../support/offline/fakeOffice.ts'
import { realRandom } from '../../support/offline/fakePorts.ts'
import type { Chance } from '../lab/chance.ts'
import { fastTime } from '../lab/fastTime.ts'
import { fingerprint } from '../lab/fingerprint.ts'
import type { Line, OnTablet } from '../lab/history.ts'
import { ifAlive, tellTrouble } from './alive.ts'
import { breaksDisk } from './brokenDisk.ts'
import { TabletDisk } from './tabletDisk.ts'
import { openPage, type Page } from './tabletPage.ts'
import { aWitness } from './witness.ts'

/** More than a disk fails in a row that fails once in forty times. */
const mostTries = 6
const passphrase = 'một câu thật dài'
/** How long a person looks on before going on with the next citizen: the tablet goes on by itself, or is stuck at the end. */
const sendingPatienceMs = 10_000
/** After a fire hundreds of tablets ask at once. */
const askingPatienceMs = 30_000
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
  /** Whether disks break in this part of the run. */
  readonly disksMayFail: () => boolean
  readonly isCovered: (id: string) => boolean
  readonly write: (line: Line) => void
  readonly nowMs: () => number
  readonly hit: (kind: string) => void
}

/** An enrolment ticket and a badge code, as an officer hands them out, and procedures that another tablet has fetched already. */
export interface Admission {
  readonly enrol: string
  readonly badge: string
  readonly packs: readonly PackRow[]
}

export class SwarmTablet {
  readonly name: string
  private readonly options: SwarmOptions
  private readonly time
  private readonly deadlines
  private readonly disk: TabletDisk
  private readonly witness
  private isSick = true
  private enrolling: Promise<void> = Promise.resolve()
  private page: Promise<Page> | null = null
  private hasLooked = false
  private visitPhotos: readonly Attachment[] = []

  constructor(options: SwarmOptions) {
    this.options = options
    this.name = options.name
    this.time = fastTime(options.pace)
    this.deadlines = fastTime(options.deadlinePace)
    this.disk = new TabletDisk(`swarm-${options.name}`)
    this.witness = aWitness({ ...options, tablet: options.name })
  }

  /** Enrols on a good road, and again after its database or the office was lost; the procedures it now has, or null when that failed. */
  enrol(admission: Admission): Promise<readonly PackRow[] | null> {
    // One person at a time holds it before a QR.
    const enrolled = this.enrolling.then(() => this.enrolsNow(admission))
    this.enrolling = enrolled.then(() => undefined)
    return enrolled
  }

  private async enrolsNow({ enrol, badge, packs }: Admission): Promise<readonly PackRow[] | null> {
    const wasSick = this.isSick
    this.isSick = false
    const db = this.openDatabase()
    const timely = fastTime(1).timers
    const { officeOrigin } = this.options
    const straight = this.fetchFrom(() => officeOrigin)
    const { tablet } = openPage({ disk: this.disk, time: this.time, db, deadlines: timely, origin: officeOrigin, fetch: straight, change: { timers: timely } })
    try {
      if (!(await tablet.device.enrol({ ticket: enrol })).ok) return null
      if (packs.length > 0) await db.packs.bulkPut([...packs])
      else if (!(await tablet.packs.refresh()).ok) return null
      if ((await db.vaults.count()) === 0) {
        const claimed = await tablet.vault.claimBadge(badge)
        if (!claimed.ok || !(await tablet.vault.create(claimed.value, passphrase)).ok) return null
      }
      await this.keepsLedger(db)
      return readRows(packRowShape, await db.packs.toArray())
    } finally {
      db.close()
      this.isSick = wasSick
    }
  }

  /**
   * What a person was told is saved, or null when the tablet said that it is not. Who hears that it did not work tries again
   * with the same draft, as long as it is there. `filled` is told the id that it will have.
   */
  async finalises(photos: number, filled?: (id: Draft['id']) => Promise<void>): Promise<ItemRow | null> {
    const draft = await ifAlive(this.begin(await this.ready(), photos))
    if (draft !== null) await filled?.(draft.id)
    for (let tries = 0; draft !== null && tries < mostTries; tries += 1) {
      const { tablet, db } = await this.ready()
      const done = await ifAlive(tablet.drafts.finalise(draft.id, draft.version))
      const row = done?.ok === true ? await ifAlive(this.rowOf(db, draft.id)) : null
      if (row !== null) return row
    }
    return null
  }

  /** Sends what can be sent now; with `alsoFrom` another page at the same time. */
  async sends(alsoFrom?: 'anotherPage'): Promise<void> {
    const { runner } = await this.ready()
    const patience = sleep(sendingPatienceMs, null, { ref: false })
    if (alsoFrom === undefined) {
      await Promise.race([ifAlive(runner.run('sendNow')), patience])
      return
    }
    const other = this.open({ locks: freeLocks })
    await Promise.race([Promise.all([ifAlive(runner.run('sendNow')), ifAlive(other.runner.run('started'))]), patience])
    other.close()
  }

  /** Presses "send now" once and leaves the rest to the tablet. */
  async wakes(): Promise<void> {
    const { runner } = await this.ready()
    void ifAlive(runner.run('sendNow'))
  }

  /** Asks for news and for what the office holds, as a page does when it starts; true when it has no more to ask. */
  async asks(): Promise<boolean> {
    const { asking } = await this.ready()
    const asked = async (): Promise<boolean> => (await fetchNews(asking)).ok && (await askHoldingsNow(asking)).ok
    const isHeard = await Promise.race([ifAlive(asked()), sleep(askingPatienceMs, false, { ref: false })])
    return isHeard === true && !(await this.isAsking())
  }

  /** The process dies and starts again; what is under way is not waited for. */
  async dies(): Promise<void> {
    this.closesPage()
    await this.ready()
  }

  /** Is opened again until its look at the database has come to an end. */
  async startsUntilWhole(): Promise<void> {
    await this.ready()
    while (!this.hasLooked) await this.dies()
  }

  /** Everything in the database is gone; what lies outside of it stays. The page starts again and recovers. */
  async losesDatabase(): Promise<void> {
    const before = await this.page
    before?.close()
    this.page = null
    this.disk.locks = new TabletDisk(this.name).locks
    this.disk.loseDatabase()
    this.witness.forget()
    this.options.write({ what: 'databaseLost', tablet: this.name, atMs: this.options.nowMs() })
    await this.ready()
  }

  setClock(byMs: number): void {
    this.time.setClock(byMs)
  }

  freeze(): void {
    this.time.freeze()
  }

  /** False after the office has said that it does not know this tablet (any more). */
  async isKnown(): Promise<boolean> {
    const view = await this.view()
    return view !== null && view.refusal !== 'notSignedIn'
  }

  /** Which device of the office it takes itself for. */
  async device(): Promise<DeviceId | null> {
    return (await this.view())?.device ?? null
  }

  /** How many alarms and answers were kept back while it was frozen. */
  thaw(): number {
    return this.time.thaw()
  }

  /** Stops every fault on this tablet. */
  heal(): void {
    this.isSick = false
    this.thaw()
  }

  items(): Promise<readonly ItemRow[]> {
    return this.reads(async (db) => readRows(itemRowShape, await db.items.toArray()))
  }

  /** Nothing is left to send. */
  isDone(): Promise<boolean> {
    return this.reads(async (db) => (await db.items.where('state').anyOf('queued', 'received').count()) === 0)
  }

  /** What somebody who looks for the reason needs to know while something is left to send; null when nothing is. */
  async whyNotDone(): Promise<string | null> {
    const left = (await this.items()).filter(({ state }) => state === 'queued' || state === 'received')
    if (left.length === 0) return null
    const own = await this.device()
    const ways = left.map(({ state, note, device }) => `${state}, ${note?.kind ?? 'never refused'}, sealed under ${device === own ? 'its' : 'an earlier'} key`)
    const known = (await this.isKnown()) ? 'knows' : 'does not know'
    return `${this.name}, which the office ${known}, has ${left.length} left: ${[...new Set(ways)].join('; ')}`
  }

  /** It has noticed that the office was put back, and has not heard about everything yet. */
  isAsking(): Promise<boolean> {
    return this.reads(async (db) => (await readRestored(db))?.asking === true)
  }

  /** What lies on it, as the judge will see it. */
  async rows(): Promise<OnTablet[]> {
    const held = new Set(await this.reads((db) => db.envelopes.toCollection().primaryKeys()))
    return (await this.items()).map(({ id, digest, state, outcome }) => ({
      ...{ tablet: this.name, id, digest, state, held: held.has(id) },
      outcome: outcome === null ? null : fingerprint(outcome),
    }))
  }

  /** The page that is open now, for disasters that need more than a person's hands. */
  ready(): Promise<Page> {
    return (this.page ??= this.start())
  }

  close(): void {
    this.closesPage()
  }

  private view(): Promise<DeviceView | null> {
    return this.reads((db) => readDevice(db, this.time.clock))
  }

  /** Reads what lies on the disk; when the page dies under it, from the next one. */
  private async reads<T>(read: (db: Database) => PromiseLike<T>): Promise<T> {
    for (;;) {
      const { db } = await this.ready()
      const done = await ifAlive(Promise.resolve(read(db)).then((value) => ({ value })))
      if (done !== null) return done.value
      await sleep(5)
    }
  }

  private closesPage(): void {
    const before = this.page
    this.page = null
    this.disk.locks = new TabletDisk(this.name).locks
    if (before !== null) void before.then((page) => page.close())
  }

  private openDatabase(): Database {
    const { chance, disksMayFail, hit } = this.options
    const db = this.disk.open()
    breaksDisk(db, chance, 40, () => this.isSick && disksMayFail(), (error) => hit(`disk ${error}`))
    this.witness.watch(db)
    return db
  }

  private open(change = {}): Page {
    const { officeOrigin, roadOrigin } = this.options
    return openPage({ disk: this.disk, time: this.time, deadlines: this.deadlines.timers, db: this.openDatabase(), origin: officeOrigin, fetch: this.fetchFrom(roadOrigin), change })
  }

  private fetchFrom(origin: () => string): Fetch {
    const { officeOrigin } = this.options
    return async (url, init) => {
      const answer = await fetch(url.replace(officeOrigin, origin()), { ...init, headers: { ...asObject(init.headers), 'x-forwarded-for': addressOf(this.name) } })
      await this.time.thawed()
      return answer
    }
  }

  private async start(): Promise<Page> {
    const started = this.open()
    const { mirror, ledger } = this.disk
    // A start that meets a full disk is only a start; the next one tries again.
    const looked = await ifAlive(recover({ db: started.db, mirror, ledger, clock: this.time.clock }).then((finding) => ({ finding })))
    this.hasLooked = looked !== null
    if (looked !== null && looked.finding !== null) this.options.write({ what: 'alarm', tablet: this.name, atMs: this.options.nowMs() })
    const [vault] = readRows(vaultRowShape, await started.db.vaults.toArray())
    if (vault !== undefined) must(await started.tablet.vault.unlock(vault.id, passphrase))
    if (this.hasLooked) started.keepsSending()
    return started
  }

  private async begin({ tablet }: Page, photos: number): Promise<Draft | null> {
    const { chance, answers } = this.options
    const draft = await tablet.drafts.start(birthPack)
    if (!draft.ok) return null
    // In one visit the next application takes over what was photographed for the one before.
    const attachments = photos > 0 && chance.oneIn(4) ? await this.photosOfVisit(tablet) : []
    for (let at = attachments.length; at < photos; at += 1) {
      const bytes = realRandom.bytes(chance.oneIn(8) ? 300_000 : 3_000)
      const kept = await tablet.photos.keep({ document: 'birthCertificate', mediaType: 'image/jpeg', widthPx: 10, heightPx: 10, bytes })
      if (kept.ok) attachments.push(kept.value)
    }
    this.visitPhotos = attachments
    const content = { answers, papers: {}, attachments, touched: [], place: null, label: draft.value.id }
    const version = await tablet.drafts.save(draft.value.id, draft.value.version, content)
    return version.ok ? { ...draft.value, version: version.value } : null
  }

  /** Those that still open, as the product asks before it takes any over. */
  private async photosOfVisit({ photos }: Tablet): Promise<Attachment[]> {
    const read = await Promise.all(this.visitPhotos.map((photo) => photos.read(photo)))
    return this.visitPhotos.filter((_, at) => read[at]?.ok === true)
  }

  private async rowOf(db: Database, id: Draft['id']): Promise<ItemRow | null> {
    return readRow(itemRowShape, await db.items.get(id))
  }

  /** As while a page is open: what must survive the database is written beside it. */
  private async keepsLedger(db: Database): Promise<void> {
    const { ledger } = this.disk
    const stop = keepLedger({ db, ledger, trouble: tellTrouble })
    const own = (await readIdentity(db))?.publicJwk.x
    while (ledger.mark === null || !(ledger.keys?.own.some(({ x }) => x === own) ?? false)) await sleep(5)
    stop()
  }
}

const asObject = (headers: HeadersInit | undefined): Record<string, string> => Object.fromEntries(new Headers(headers))

/** Addresses from the nets for documents, so that the office counts tablets apart. */
function addressOf(name: string): string {
  const number = createHash('sha256').update(name).digest().readUInt32BE(0)
  const nets = ['192.0.2', '198.51.100', '203.0.113']
  return `${nets[number % 3] ?? nets[0]}.${1 + (Math.floor(number / 3) % 250)}`
}

function must<T>(result: { ok: true; value: T } | { ok: false; failure: { kind: string; why?: string } }): T {
  if (!result.ok) throw new Error(`expected success, got ${result.failure.kind} (${result.failure.why ?? ''})`)
  return result.value
}

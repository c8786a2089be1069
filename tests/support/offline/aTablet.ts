// A whole tablet on fakes at the ports: real tables (fake-indexeddb), real WebCrypto, an office in memory. Two pages of one
// tablet share everything but their memory; `reopen` is what a kill and a new start leave.
import Dexie from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { ApplicationId } from '../../../core/ids.ts'
import type { Result } from '../../../core/result.ts'
import type { Clock } from '../../../src/offline/ports.ts'
import { openDatabase, type Database } from '../../../src/offline/db.ts'
import { makeHttp } from '../../../src/offline/http.ts'
import { overHttp } from '../../../src/offline/outbox/overHttp.ts'
import { makeRunner, type Runner } from '../../../src/offline/outbox/runner.ts'
import { outboxView, readOutbox } from '../../../src/offline/outbox/view.ts'
import { refreshKeys } from '../../../src/offline/refreshKeys.ts'
import { makeSignals } from '../../../src/offline/signals.ts'
import { makeTablet } from '../../../src/offline/tablet/makeTablet.ts'
import type { TabletPorts } from '../../../src/offline/tablet/tabletPorts.ts'
import type { Draft, DraftContent, OutboxView, Tablet } from '../../../src/offline/tablet.ts'
import { fakeOffice, origin, birthPack, volunteerId, type FakeOffice } from './fakeOffice.ts'
import {
  fakeChannels,
  fakeLedger,
  fakeLocks,
  fakeMirror,
  fakeParts,
  fakeReserve,
  fakeStorage,
  fakeSurroundings,
  fakeTime,
  realRandom,
  smallKdf,
  smallKdfParams,
} from './fakePorts.ts'

// Live queries run only where Dexie has found an indexedDB of the platform; Node has none.
Dexie.dependencies.indexedDB = new IDBFactory()
Dexie.dependencies.IDBKeyRange = IDBKeyRange

export const passphrase = 'một câu thật dài'

export interface Device {
  readonly office: FakeOffice
  readonly time: ReturnType<typeof fakeTime>
  readonly clock: Clock
  readonly mirror: ReturnType<typeof fakeMirror>
  readonly parts: ReturnType<typeof fakeParts>
  readonly ledger: ReturnType<typeof fakeLedger>
  readonly reserve: ReturnType<typeof fakeReserve>
  readonly storage: ReturnType<typeof fakeStorage>
  readonly surroundings: ReturnType<typeof fakeSurroundings>
  readonly locks: ReturnType<typeof fakeLocks>
  readonly troubles: unknown[]
  /** Opens a page: its own memory, its own connection to the same database. */
  page(change?: Partial<TabletPorts>): { tablet: Tablet; db: Database; ports: TabletPorts }
}

let devices = 0

export async function aDevice(): Promise<Device> {
  const [office, time, mirror, ledger, reserve] = [await fakeOffice(), fakeTime(), fakeMirror(), fakeLedger(), fakeReserve()]
  const [parts, storage, surroundings, locks, channel] = [fakeParts(), fakeStorage(), fakeSurroundings(), fakeLocks(), fakeChannels()]
  const indexedDB = new IDBFactory()
  // A name of its own: live queries of one process hear of each other by the database's name.
  const name = `tiepsuc-${(devices += 1)}`
  const troubles: unknown[] = []
  return {
    ...{ office, time, clock: time.clock, mirror, parts, ledger, reserve, storage, surroundings, locks, troubles },
    page(change = {}) {
      const db = openDatabase({ name, indexedDB, IDBKeyRange })
      const ports: TabletPorts = {
        ...{ db, mirror, parts, ledger, reserve, storage, surroundings, locks, origin },
        ...{ clock: time.clock, steady: time.steady, timers: time.timers, random: realRandom, fetch: office.fetch },
        ...{ signals: makeSignals(channel()), kdf: smallKdf, newKdfParams: smallKdfParams },
        trouble: (cause) => troubles.push(cause),
        ...change,
      }
      return { tablet: makeTablet(ports), db: ports.db, ports }
    },
  }
}

/** The value of a result that a test expects to be fine. */
export function must<T>(result: Result<T, { kind: string; why?: string }>): T {
  if (!result.ok) throw new Error(`expected success, got ${result.failure.kind} (${result.failure.why ?? ''})`)
  return result.value
}

/** An enrolled tablet with packs and one unlocked volunteer. */
export async function aWorkingTablet() {
  const device = await aDevice()
  const page = device.page()
  must(await page.tablet.device.enrol({ ticket: 'ABCD-EFGH' }))
  must(await page.tablet.packs.refresh())
  must(await page.tablet.vault.create(must(await page.tablet.vault.claimBadge('K7QM-2P4X')), passphrase))
  return { device, ...page }
}

export async function unlocked(tablet: Tablet): Promise<void> {
  must(await tablet.vault.unlock(volunteerId, passphrase))
}

export const content = (change: Partial<DraftContent> = {}): DraftContent => ({
  answers: { childName: 'Nguyễn Văn An' },
  papers: { birthCertificate: 'seen' },
  attachments: [],
  touched: ['childName'],
  place: 'child',
  label: 'Nguyễn Văn An',
  ...change,
})

/** A draft with answers, at version 2. */
export async function aDraft(tablet: Tablet, change: Partial<DraftContent> = {}): Promise<Draft & { version: number }> {
  const draft = must(await tablet.drafts.start(birthPack))
  const version = must(await tablet.drafts.save(draft.id, draft.version, content(change)))
  return { ...draft, version }
}

/** A finalised application in the outbox. */
export async function anApplication(tablet: Tablet, change: Partial<DraftContent> = {}): Promise<ApplicationId> {
  const { id, version } = await aDraft(tablet, change)
  must(await tablet.drafts.finalise(id, version))
  return id
}

/** The lines of an export, of all its files. */
export async function exported(tablet: Tablet, withPhotos = true): Promise<string[]> {
  const { files } = await tablet.outbox.planExport(withPhotos)
  const written = await Promise.all(files.map(async (file) => (await tablet.outbox.writeExport(file)).content.text()))
  return written.flatMap((text) => text.split('\n').filter((line) => line !== ''))
}

/** The first value that a watcher tells, or the first that fits. */
export function seen<T>(watch: (onChange: (value: T) => void) => () => void, fits: (value: T) => boolean = () => true): Promise<T> {
  return new Promise((resolve, reject) => {
    let stop: () => void = () => undefined
    const late = setTimeout(() => {
      stop()
      reject(new Error('the watcher never told what was waited for'))
    }, 5_000)
    stop = watch((value) => {
      if (!fits(value)) return
      clearTimeout(late)
      queueMicrotask(() => stop())
      resolve(value)
    })
  })
}

/** The outbox of one page, run by hand: what is answered when `run` ends is all that can be done at once. */
export function aRunner({ ports }: { ports: TabletPorts }): Runner {
  const http = makeHttp(ports)
  return makeRunner({ ...ports, transport: overHttp(http), refreshKeys: () => refreshKeys(ports.db, http) })
}

/** The outbox as a person sees it now. */
export async function outboxNow(db: Database): Promise<OutboxView> {
  return outboxView(await readOutbox(db), false)
}

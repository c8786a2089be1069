/** The one place of the page where the real clock, chance, network, storage and workers are taken and handed in. */
import { openDatabase } from './offline/db.ts'
import { openInTurn, type DatabaseNews } from './offline/databaseVersions.ts'
import { exportHolding, readHolding, sendHolding } from './offline/emergency/emergency.ts'
import { makeHttp } from './offline/http.ts'
import { makeLedger } from './offline/ledger.ts'
import { makeMirror, makeMirrorReader } from './offline/outbox/mirror.ts'
import { overHttp } from './offline/outbox/overHttp.ts'
import { makePartFiles, makePartStore } from './offline/outbox/parts.ts'
import { channelName, makeChannel, makeClock, makeLocks, makeRandom, syncTag, timers } from './offline/platform.ts'
import type { Surroundings } from './offline/ports.ts'
import { makeSignals } from './offline/signals.ts'
import { canOpen, openSafely } from './offline/openSafely.ts'
import { sparing } from './offline/sparing.ts'
import { makeStorage } from './offline/storage.ts'
import { makeTablet as assemble } from './offline/tablet/makeTablet.ts'
import type { Tablet } from './offline/tablet.ts'
import type { Emergency } from './stores/emergency.ts'
import { makeArgon2, newKdfParams } from './offline/vault/argon2.ts'

const root = (): Promise<FileSystemDirectoryHandle> => navigator.storage.getDirectory()
const steady = makeClock(() => performance.timeOrigin + performance.now())

/** What still works when the database does not open. */
export function makeEmergency(): Emergency {
  const http = makeHttp({ fetch: (url, init) => fetch(url, init), timers, clock: makeClock(() => Date.now()), origin: location.origin })
  const ports = { mirror: makeMirrorReader(root), parts: makePartStore(root), ledger: makeLedger(caches), transport: overHttp(http) }
  return {
    read: () => readHolding(ports),
    send: (holding, onDone) => sendHolding(ports, holding, onDone),
    export: (holding) => exportHolding(ports, holding),
    opens: () => canOpen(() => openDatabase(), (db) => db.open(), timers),
  }
}

/** The tablet of this page. Opens the database; throws when that cannot be done, since nothing can be saved then. */
export async function makeTablet(news: DatabaseNews): Promise<Tablet> {
  const db = await openSafely(() => openDatabase(), (opening) => openInTurn(opening, timers, news), timers)
  const mirrorWorker = (): Worker => new Worker(new URL('./offline/outbox/mirror.worker.ts', import.meta.url), { type: 'module' })
  const argon2Worker = (): Worker => new Worker(new URL('./offline/vault/argon2.worker.ts', import.meta.url), { type: 'module' })
  const { writePart, ...mirrored } = makeMirror(root, mirrorWorker)
  return assemble({
    ...mirrored,
    db,
    clock: makeClock(() => Date.now()),
    steady,
    random: makeRandom(crypto),
    timers,
    fetch: (url, init) => fetch(url, init),
    origin: location.origin,
    locks: makeLocks(navigator.locks),
    signals: makeSignals(makeChannel(() => new BroadcastChannel(channelName))),
    parts: makePartFiles(root, writePart),
    ledger: makeLedger(caches),
    storage: makeStorage(navigator.storage),
    surroundings,
    kdf: makeArgon2(argon2Worker),
    newKdfParams,
    trouble: sparing((cause) => reportError(cause), steady),
  })
}

/** Background Sync is Chromium's; elsewhere nothing is asked and the open page sends. */
interface SyncRegistration {
  readonly sync: { register(tag: string): Promise<void> }
}

function canSync(registration: ServiceWorkerRegistration): registration is ServiceWorkerRegistration & SyncRegistration {
  return 'sync' in registration
}

const surroundings: Surroundings = {
  onOnline(run) {
    addEventListener('online', run)
    return () => removeEventListener('online', run)
  },
  onVisible(run) {
    const look = (): void => {
      if (document.visibilityState === 'visible') run()
    }
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  },
  visible: () => document.visibilityState === 'visible',
  async askForSync() {
    if (!('serviceWorker' in navigator)) return
    const registration = await navigator.serviceWorker.getRegistration()
    if (registration === undefined || !canSync(registration)) return
    try {
      await registration.sync.register(syncTag)
    } catch (cause) {
      // Refused by a setting of the browser: the open page sends, as everywhere without Background Sync.
      if (!(cause instanceof DOMException)) throw cause
    }
  },
}

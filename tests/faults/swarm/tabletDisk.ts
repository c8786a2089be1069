/** What of a tablet survives when its page is killed: the database and everything that lies beside it. */
import Dexie from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { openDatabase, type Database } from '../../../src/offline/db.ts'
import { fakeChannels, fakeLedger, fakeLocks, fakeMirror, fakeParts, fakeReserve, fakeStorage, fakeSurroundings } from '../../support/offline/fakePorts.ts'

// Live queries run only where Dexie has found an indexedDB of the platform; Node has none.
Dexie.dependencies.indexedDB = new IDBFactory()
Dexie.dependencies.IDBKeyRange = IDBKeyRange

export class TabletDisk {
  readonly mirror = fakeMirror()
  readonly parts = fakeParts()
  readonly ledger = fakeLedger()
  readonly reserve = fakeReserve()
  readonly storage = fakeStorage()
  readonly surroundings = fakeSurroundings()
  readonly channel = fakeChannels()
  /** Held by living pages: the browser takes them from a dead one. */
  locks = fakeLocks()
  private indexedDB = new IDBFactory()
  private readonly name: string

  constructor(name: string) {
    this.name = name
  }

  open(): Database {
    return openDatabase({ name: this.name, indexedDB: this.indexedDB, IDBKeyRange })
  }

  /** As Chromium answers one damaged block: every database of the origin is gone, without a word. */
  loseDatabase(): void {
    this.indexedDB = new IDBFactory()
  }
}

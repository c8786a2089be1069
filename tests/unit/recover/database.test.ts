import Dexie from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../../src/offline/db.ts'
import { readDatabase, readFreshPart } from '../../../src/recover/database.ts'

describe('a part of a photo whose file is gone', () => {
  it('is read from the copy that the database has at first', async () => {
    const indexedDB = new IDBFactory()
    const db = openDatabase({ indexedDB, IDBKeyRange })
    await db.freshParts.put({ name: 'part', bytes: Uint8Array.of(1, 2, 3), writtenAtMs: 0 })
    db.close()

    expect(await readFreshPart(indexedDB, 'part')).toEqual(Uint8Array.of(1, 2, 3))
    expect(await readFreshPart(indexedDB, 'another')).toBeNull()
  })

  it('is not there in a database from before such copies, which is left as it was', async () => {
    const indexedDB = new IDBFactory()
    const old = new Dexie('tiepsuc', { indexedDB, IDBKeyRange })
    old.version(1).stores({ items: 'id', envelopes: 'id' })
    await old.open()
    old.close()

    expect(await readFreshPart(indexedDB, 'part')).toBeNull()
    expect(await readDatabase(indexedDB)).toEqual([])
    expect((await indexedDB.databases())[0]?.version).toBe(10)
  })

  it('does not make a database by looking for it', async () => {
    const indexedDB = new IDBFactory()

    expect(await readFreshPart(indexedDB, 'part')).toBeNull()
    expect(await readDatabase(indexedDB)).toBeNull()
    expect(await indexedDB.databases()).toEqual([])
  })
})

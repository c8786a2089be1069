import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import Dexie from 'dexie'
import { describe, expect, it } from 'vitest'
import { openInTurn, type DatabaseNews } from '../../../src/offline/databaseVersions.ts'
import { openDatabase } from '../../../src/offline/db.ts'
import type { Timers } from '../../../src/offline/ports.ts'

/** The tables of version 1, as the first tablets made them. */
const versionOne = {
  device: 'name', vaults: 'id', drafts: 'id, owner, pack', items: 'id, state, queuedAt', envelopes: 'id',
  cases: 'id, owner', feedEvents: '[generation+seq], id', packs: 'pack', marks: 'name',
}
const rows = { drafts: { id: 'd1', owner: 'v1', pack: 'p' }, items: { id: 'i1', state: 'queued', queuedAt: '2026-11-24' }, envelopes: { id: 'i1', envelope: 'sealed' }, marks: { name: 'sequence', value: 1 } }

const engineOf = () => ({ indexedDB: new IDBFactory(), IDBKeyRange })
type Engine = ReturnType<typeof engineOf>

async function madeByVersionOne(engine: Engine): Promise<void> {
  const db = new Dexie('tiepsuc', engine)
  db.version(1).stores(versionOne)
  for (const [table, row] of Object.entries(rows)) await db.table(table).add(row)
  db.close()
}

/** Timers that ring when asked, and what a window was told. */
function aWindow({ saved = true } = {}) {
  const told: string[] = []
  const waiting = new Set<() => void>()
  const timers: Timers = {
    after(delayMs, run) {
      told.push(`in ${String(delayMs)} ms`)
      waiting.add(run)
      return () => waiting.delete(run)
    },
  }
  const ring = (): void => {
    const due = [...waiting]
    waiting.clear()
    for (const run of due) run()
  }
  const window = { saved, told, ring, timers }
  const news: DatabaseNews = {
    blocked: (isBlocked) => told.push(isBlocked ? 'blocked' : 'goes on'),
    replaced: () => told.push('replaced'),
    save: () => { told.push('save'); return Promise.resolve(window.saved) },
  }
  return { ...window, news, setSaved: (is: boolean) => { window.saved = is } }
}

const turns = async (): Promise<void> => { for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve)) }
const version = async ({ indexedDB }: Engine): Promise<number | undefined> => (await indexedDB.databases())[0]?.version

describe('a database of version 1', () => {
  it('is opened by the app of today with every row in its place', async () => {
    const engine = engineOf()
    await madeByVersionOne(engine)
    const [db, window] = [openDatabase(engine), aWindow()]
    await openInTurn(db, window.timers, window.news)

    for (const [table, row] of Object.entries(rows)) expect(await db.table(table).toArray()).toEqual([row])
    expect(await db.visits.count()).toBe(0)
    expect(window.told).toEqual(['in 1500 ms'])
    db.close()
  })

  it('loses nothing to an upgrade that is killed in its middle, and is upgraded at the next start', async () => {
    const engine = engineOf()
    await madeByVersionOne(engine)
    await new Promise<void>((resolve) => {
      const opening = engine.indexedDB.open('tiepsuc', 20)
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore('visits', { keyPath: 'owner' })
        opening.transaction?.objectStore('drafts').clear()
        opening.transaction?.abort()
      }
      opening.onerror = () => resolve()
    })
    expect(await version(engine)).toBe(10)
    const [db, window] = [openDatabase(engine), aWindow()]
    await openInTurn(db, window.timers, window.news)

    for (const [table, row] of Object.entries(rows)) expect(await db.table(table).toArray()).toEqual([row])
    expect(await db.visits.count()).toBe(0)
    db.close()
  })
})

describe('a database of a later version', () => {
  it('is not opened by the app of today, and nothing in it is touched', async () => {
    const engine = engineOf()
    await madeByVersionOne(engine)
    const later = new Dexie('tiepsuc', engine)
    later.version(4).stores({ ...versionOne, visits: 'owner', freshParts: 'name', letters: 'id' })
    await later.table('letters').add({ id: 'l1' })
    later.close()
    const [db, window] = [openDatabase(engine), aWindow()]

    await expect(openInTurn(db, window.timers, window.news)).rejects.toThrow(expect.objectContaining({ name: 'DatabaseNewer' }))
    await expect(db.drafts.add({ id: 'd2' })).rejects.toThrow()
    expect(await version(engine)).toBe(40)
    const again = new Dexie('tiepsuc', engine)
    await again.open()
    expect(await again.table('letters').toArray()).toEqual([{ id: 'l1' }])
    expect(await again.table('drafts').toArray()).toEqual([rows.drafts])
    again.close()
  })
})

describe('two windows of different versions', () => {
  async function olderAndNewer(saved: boolean) {
    const engine = engineOf()
    const [older, newer] = [aWindow({ saved }), aWindow()]
    const [old, next] = [openDatabase(engine), openDatabase(engine)]
    await openInTurn(old, older.timers, older.news)
    next.version(4).stores({ letters: 'id' })
    const opening = openInTurn(next, newer.timers, newer.news)
    await turns()
    return { older, newer, old, next, opening }
  }

  it('the older saves what was typed, then closes and says so, and the newer opens', async () => {
    const { older, old, next, opening } = await olderAndNewer(true)
    await opening

    expect(older.told).toEqual(['in 1500 ms', 'save', 'replaced'])
    expect(old.isOpen()).toBe(false)
    await expect(old.drafts.count()).rejects.toThrow()
    expect(next.isOpen()).toBe(true)
    next.close()
  })

  it('the older keeps its connection while something typed cannot be saved; the newer says that it waits', async () => {
    const { older, newer, next, opening } = await olderAndNewer(false)
    newer.ring()
    expect(newer.told).toEqual(['in 1500 ms', 'blocked'])
    expect(older.told).toEqual(['in 1500 ms', 'save', 'in 2000 ms'])

    older.setSaved(true)
    older.ring()
    await opening
    expect(older.told).toEqual(['in 1500 ms', 'save', 'in 2000 ms', 'save', 'replaced'])
    expect(newer.told).toEqual(['in 1500 ms', 'blocked', 'goes on'])
    next.close()
  })
})

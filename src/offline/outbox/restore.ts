/**
 * What a start does with each second copy that the database does not know. Nothing that was ever shown as finalised is
 * removed here: a copy goes only when its draft still stands and proves that this sealing was never committed.
 *
 * | the database has | what follows |
 * |---|---|
 * | the item, and its bytes | nothing |
 * | the item, its bytes or case gone | they are put back |
 * | the item with another digest, or its bytes given up | the copy goes |
 * | the draft, newer than the copy, or another item under its number | the copy goes, the draft stays |
 * | the draft of that version, and the number is next | adopted: a finalise that was killed |
 * | an older draft, a number further on, or nothing | restored: the database lost it |
 */
import type { Database } from '../db.ts'
import type { MirrorReader } from '../ports.ts'
import { draftRowShape, itemRowShape, readRow, readRows, sequenceRowShape, type ItemRow } from '../rows.ts'
import { readMirrorName, readWhole, type Finalised } from './mirrored.ts'

export interface Recovered {
  /** Applications that the database had lost, or whose bytes it had lost. */
  readonly restored: number
  /** Names of copies that are cut or foreign, with no draft that explains them. */
  readonly unreadable: readonly string[]
}

type Fate = 'known' | 'adopted' | 'restored' | 'obsolete'

export interface Strangers {
  /** Copies that the database does not know, or whose bytes it lost; in the order in which they were finalised. */
  readonly whole: readonly { readonly name: string; readonly finalised: Finalised }[]
  /** How many of those no draft explains. */
  readonly lost: number
  readonly unreadable: readonly string[]
}

/** Looks at all second copies; removes those that are needless, and changes no row. */
export async function findStrangers(db: Database, mirror: MirrorReader): Promise<Strangers> {
  const whole: { name: string; finalised: Finalised }[] = []
  const unreadable: string[] = []
  let lost = 0
  for (const name of await settleKnown(db, mirror, await mirror.names())) {
    const text = await mirror.read(name)
    const finalised = text === null ? null : await readWhole(name, text)
    const explained = await isExplained(db, name)
    if (finalised !== null) {
      whole.push({ name, finalised })
      if (!explained) lost += 1
    } else if (!explained) unreadable.push(name)
    else if (text !== null) await mirror.remove(name)
  }
  return { whole: whole.sort((one, other) => one.finalised.item.sequence - other.finalised.item.sequence), lost, unreadable }
}

/** Puts them back, each in its own transaction; how many the database had lost. Idempotent. */
export async function takeInAll(db: Database, mirror: MirrorReader, strangers: Strangers['whole']): Promise<number> {
  let restored = 0
  for (const { name, finalised } of strangers) {
    const fate = await takeIn(db, finalised)
    if (fate === 'restored') restored += 1
    if (fate === 'obsolete') await mirror.remove(name)
  }
  return restored
}

/** Removes copies that an item makes needless; the names that are left need a closer look. */
async function settleKnown(db: Database, mirror: MirrorReader, names: readonly string[]): Promise<string[]> {
  const named = names.map((name) => ({ name, told: readMirrorName(name) }))
  const ids = named.flatMap(({ told }) => (told === null ? [] : [told.id]))
  const rows = await db.transaction('r', db.items, db.envelopes, db.cases, async () => ({
    items: await db.items.bulkGet(ids),
    envelopes: await db.envelopes.where('id').anyOf(ids).primaryKeys(),
    cases: await db.cases.where('id').anyOf(ids).primaryKeys(),
  }))
  const items = new Map<string, ItemRow>(readRows(itemRowShape, rows.items).map((item) => [item.id, item]))
  const [envelopes, cases] = [new Set(rows.envelopes), new Set(rows.cases)]
  const strangers: string[] = []
  for (const { name, told } of named) {
    const item = told === null ? undefined : items.get(told.id)
    if (item === undefined) strangers.push(name)
    // Another sealing of the same draft, by a tab that lost: never sent. A given-up item needs no copy.
    else if (item.digest !== told?.digest || !item.held) await mirror.remove(name)
    else if (!envelopes.has(item.id) || !cases.has(item.id)) strangers.push(name)
  }
  return strangers
}

/** Whether a copy that cannot be read is the beginning of a finalise whose draft still stands, or of one that went on. */
async function isExplained(db: Database, name: string): Promise<boolean> {
  const id = readMirrorName(name)?.id
  return id !== undefined && ((await db.drafts.get(id)) !== undefined || (await db.envelopes.get(id)) !== undefined)
}

/** Item, envelope and case in, in one strict transaction that looks at everything again; never twice. */
async function takeIn(db: Database, finalised: Finalised): Promise<Fate> {
  const { item, envelope, case: stub } = finalised
  return db.transaction('rw', db.drafts, db.items, db.envelopes, db.cases, db.device, async () => {
    const known = readRow(itemRowShape, await db.items.get(item.id))
    if (known !== null) return mend(db, known, finalised)
    const draft = readRow(draftRowShape, await db.drafts.get(item.id))
    const fate = draft === null ? 'restored' : await judge(db, draft.version, finalised)
    if (fate === 'obsolete') return fate
    await db.items.put(item)
    await db.envelopes.put(envelope)
    await db.cases.put(stub)
    if (draft !== null) await db.drafts.delete(item.id)
    const sequence = readRow(sequenceRowShape, await db.device.get('sequence'))
    if (sequence?.device === item.device) await db.device.put({ ...sequence, last: Math.max(sequence.last, item.sequence) })
    return fate
  })
}

async function judge(db: Database, version: number, { draftVersion, item }: Finalised): Promise<Fate> {
  if (version > draftVersion) return 'obsolete'
  // A draft never gets older by itself.
  if (version < draftVersion) return 'restored'
  const sequence = readRow(sequenceRowShape, await db.device.get('sequence'))
  if (sequence?.device !== item.device) return 'obsolete'
  if (item.sequence === sequence.last + 1) return 'adopted'
  if (item.sequence > sequence.last) return 'restored'
  const items = readRows(itemRowShape, await db.items.toArray())
  return items.some((other) => other.device === item.device && other.sequence === item.sequence) ? 'obsolete' : 'restored'
}

/** An item whose sealed bytes or case are gone gets them back. */
async function mend(db: Database, known: ItemRow, { item, envelope, case: stub }: Finalised): Promise<Fate> {
  if (known.digest !== item.digest || !known.held) return 'known'
  const missesBytes = (await db.envelopes.get(item.id)) === undefined
  if (missesBytes) await db.envelopes.put(envelope)
  if ((await db.cases.get(item.id)) === undefined) await db.cases.put(stub)
  return missesBytes ? 'restored' : 'known'
}

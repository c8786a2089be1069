/** Holds what the database says is stored against what lies on the disk. */
import type { ApplicationId } from '../../core/ids.ts'
import type { Database } from '../postgres/database.ts'
import type { PartState, PartStore } from './partStore.ts'

export interface LostPart {
  readonly name: string
  readonly state: Exclude<PartState, 'whole'>
}

export interface Checked {
  readonly count: number
  readonly lost: readonly LostPart[]
}

const pageRows = 500

/** Reads every part that counts as stored, page by page, so that memory holds one part and the names of the lost ones. */
export async function checkStored(db: Database, parts: PartStore): Promise<Checked> {
  const lost: LostPart[] = []
  let [count, after] = [0, '']
  for (;;) {
    const page = await db.selectFrom('parts_stored').select('name').where('name', '>', after).orderBy('name').limit(pageRows).execute()
    for (const { name } of page) {
      const state = await parts.check(name)
      if (state !== 'whole') lost.push({ name, state })
    }
    count += page.length
    const last = page.at(-1)
    if (last === undefined) return { count, lost }
    after = last.name
  }
}

/** So many that a disk is not there, rather than that files went bad. */
export const isMost = (lost: number, count: number): boolean => lost * 2 > count

/** The applications that need each of these parts. */
export async function neededBy(db: Database, names: readonly string[]): Promise<ReadonlyMap<string, readonly ApplicationId[]>> {
  const needed = new Map<string, ApplicationId[]>()
  for (let from = 0; from < names.length; from += pageRows) {
    const page = names.slice(from, from + pageRows)
    const rows = await db.selectFrom('parts_announced').select(['name', 'id']).distinct().where('name', 'in', page).orderBy('id').execute()
    for (const { name, id } of rows) needed.set(name, [...(needed.get(name) ?? []), id])
  }
  return needed
}

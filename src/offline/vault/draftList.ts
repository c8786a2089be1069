/** The volunteer's list of drafts: one small decryption a row, done once for each version while the vault is unlocked. */
import { textOf } from '../../../core/bytes.ts'
import type { ApplicationId } from '../../../core/ids.ts'
import type { Database } from '../db.ts'
import { byTime } from '../order.ts'
import { draftRowShape, readRows, type DraftRowStored } from '../rows.ts'
import type { DraftRow } from '../tablet.ts'
import { decrypt } from './cipher.ts'
import type { Session } from './key.ts'

export async function readDraftRows(db: Database, owner: string): Promise<DraftRowStored[]> {
  return readRows(draftRowShape, await db.drafts.where('owner').equals(owner).toArray())
}

export function makeDraftList(session: Session): (rows: readonly DraftRowStored[]) => Promise<DraftRow[]> {
  const known = new Map<ApplicationId, { version: number; label: string | null }>()

  async function labelOf({ id, version, label }: DraftRowStored): Promise<string | null> {
    const before = known.get(id)
    if (before?.version === version) return before.label
    const plain = await decrypt(session.key, { table: 'drafts.label', id, version }, label)
    const text = plain.ok ? textOf(plain.value) : null
    known.set(id, { version, label: text })
    return text
  }

  return async (rows) => {
    const list = await Promise.all(
      rows.map(async (row): Promise<DraftRow> => {
        const label = await labelOf(row)
        return { id: row.id, pack: row.pack, label: label ?? '', updatedAt: row.updatedAt, readable: label !== null }
      }),
    )
    return list.sort((one, other) => byTime(other.updatedAt, one.updatedAt))
  }
}

/**
 * The carrier as a file: everything the office has not completed, one line each, readable by nobody on the way. Writing it
 * changes nothing in the outbox: a file that is never brought costs nothing. An application larger than a line may be goes
 * by network only.
 */
import { writeCarrierLine } from '../../../core/wire/carrier.ts'
import type { Database } from '../db.ts'
import { envelopeRowShape, itemRowShape, readRow, readRows } from '../rows.ts'
import type { PartStore } from './parts.ts'

export async function exportCarrier(db: Database, parts: PartStore): Promise<string> {
  const items = readRows(itemRowShape, await db.items.where('state').notEqual('complete').toArray())
  const lines: string[] = []
  for (const item of items.sort((one, other) => one.sequence - other.sequence)) {
    const row = readRow(envelopeRowShape, await db.envelopes.get(item.id))
    if (row === null || !item.fitsCarrier) continue
    lines.push(writeCarrierLine({ kind: 'envelope', envelope: { envelope: row.envelope, header: row.header } }))
    for (const name of item.missing ?? item.parts) {
      const bytes = await parts.read(name)
      if (bytes !== null) lines.push(writeCarrierLine({ kind: 'part', part: name, bytes }))
    }
  }
  return lines.join('')
}

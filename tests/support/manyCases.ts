/** Thousands of opened cases laid into a running office's database, with listings under the office's own data key. */
import { join } from 'node:path'
import { branded, isApplicationId, uuidv7 } from '../../core/ids.ts'
import { lockListing } from '../../server/cases/listing.ts'
import { loadKeys } from '../../server/keys/loadKeys.ts'
import { ask } from './officeDatabase.ts'
import type { OfficeRun } from './officeRun.ts'

/** Lays them in as if a known tablet had sent one a minute, the last of them just now. */
export async function laysManyCases(office: OfficeRun, howMany: number): Promise<void> {
  const keys = await loadKeys(join(office.folder, 'keys'))
  if (!keys.ok) throw new Error(keys.failure)
  const [device] = await ask(office, 'select id from devices limit 1')
  const startMs = Date.now() - howMany * 60_000
  const rows = Array.from({ length: howMany }, (_, at) => {
    const atMs = startMs + at * 60_000
    const id = branded(uuidv7(atMs, crypto.getRandomValues(new Uint8Array(10))), isApplicationId)
    const words = { localCode: `TN-99-260101-${String(at)}`, subject: `Nguyễn Thị Thử ${String(at + 1)}`, volunteer: 'Lê Thị Thử (TNV-001)' }
    const listing = lockListing(keys.value.blobs, id, { ...words, officialCode: null, resultOn: null })
    return { id, at: atMs, seq: 10_000 + at, digest: `many-${String(at)}`, listing: listing.toString('hex') }
  })
  const given = [JSON.stringify(rows), device?.['id']]
  const from = 'from jsonb_to_recordset($1::jsonb) as row(id text, at bigint, seq bigint, digest text, listing text)'
  await ask(office, `insert into envelopes select id, digest, $2, '1.001193@1.0.0', seq, '', '', at ${from}`, given)
  await ask(office, `insert into events select 1000000 + seq, id, $2, 'opened', at, null, null, null ${from}`, given)
  await ask(office, `insert into cases select id, 'beingChecked', 1000000 + seq, at, decode(listing, 'hex'), false ${from}`, given.slice(0, 1))
}

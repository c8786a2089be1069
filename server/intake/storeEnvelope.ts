/**
 * One transaction: envelope, announced parts, case, events and outcome. After its commit the id is bound to these bytes
 * and this device for ever (invariant 2), and the office can answer.
 */
import type { EnvelopeHeader } from '../../core/sealing/header.ts'
import type { Envelope } from '../../core/wire/envelope.ts'
import { takeLedger } from '../ledger/append.ts'
import type { IntakeOffice } from '../office.ts'
import type { Tx } from '../postgres/database.ts'
import { storeOutcome, type StoredOutcome } from './outcomes.ts'
import { completeIfWhole } from './parts.ts'

/** Stores a new envelope; null when its id was taken a moment ago. */
export async function storeEnvelope(
  office: IntakeOffice,
  envelope: Envelope,
  header: EnvelopeHeader,
  quarantine: boolean,
): Promise<StoredOutcome | null> {
  const atMs = office.clock.now()
  const { id, digest, device, seq } = header
  return office.db.transaction().execute(async (tx) => {
    if (!(await insertEnvelope(tx, envelope, header, atMs))) return null
    const turn = await takeLedger(tx)
    await turn.append({ id, device, kind: 'received', atMs })
    if (quarantine) await turn.append({ id, device, kind: 'quarantined', atMs })
    const whole = await completeIfWhole(tx, office, turn, { id, digest, device })
    const stored = whole ?? (await storeOutcome(tx, office, header, { kind: 'received', head: turn.head() }))
    await tx
      .updateTable('devices')
      .set((is) => ({ last_seen_at: atMs, last_seq: is.fn<number>('greatest', [is.ref('last_seq'), is.val(seq)]) }))
      .where('id', '=', device)
      .execute()
    return stored
  })
}

async function insertEnvelope(tx: Tx, { envelope, header: signed }: Envelope, header: EnvelopeHeader, atMs: number): Promise<boolean> {
  const { id, digest, device, pack, seq, parts } = header
  const inserted = await tx
    .insertInto('envelopes')
    .values({ id, digest, device, pack, seq, sealed: envelope, header: signed, received_at: atMs })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (inserted === undefined) return false
  const { demo } = await tx.selectFrom('devices').select('demo').where('id', '=', device).executeTakeFirstOrThrow()
  await tx.insertInto('cases').values({ id, status: 'received', status_seq: 0, received_at: atMs, listing: null, demo }).execute()
  await tx.insertInto('openings').values({ id, state: 'waiting', next_at: atMs }).execute()
  if (parts.length > 0) {
    await tx.insertInto('parts_announced').values(parts.map((name, position) => ({ id, position, name }))).execute()
  }
  return true
}

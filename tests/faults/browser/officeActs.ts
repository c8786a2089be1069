/** What happens at the office while a tablet is on its way: an officer answers, keys are renewed, a backup is put back. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseApplication } from '../../../core/application/application.ts'
import { isEpochId, newApplicationId, type ApplicationId } from '../../../core/ids.ts'
import { ok } from '../../../core/result.ts'
import { unlockKey } from '../../../core/sealing/locked.ts'
import { openSealed } from '../../../core/sealing/open.ts'
import { sealReply } from '../../../core/sealing/reply.ts'
import { renewKeys } from '../../../server/keys/renewKeys.ts'
import { takeLedger } from '../../../server/ledger/append.ts'
import type { SwarmOffice } from '../swarm/swarmOffice.ts'

/** An officer asks for a paper: the next feed carries the sealed reply. */
export async function asksForPaper({ inside }: SwarmOffice, id: ApplicationId): Promise<void> {
  const { db, keys } = inside()
  const envelope = await db.selectFrom('envelopes').select(['device', 'sealed']).where('id', '=', id).executeTakeFirstOrThrow()
  const opened = await openSealed(envelope.sealed, keys.openingKeyOf)
  const application = opened.ok ? parseApplication(opened.value) : opened
  if (!application.ok) throw new Error('the office cannot open what it holds')
  const nowMs = Date.now()
  const sealed = await sealReply({ kind: 'supplementAsked', at: new Date(nowMs).toISOString(), message: 'Thiếu một giấy', papers: [] }, application.value.replyKey)
  await db.transaction().execute(async (tx) => {
    const turn = await takeLedger(tx)
    await turn.append({ id, device: envelope.device, kind: 'supplementAsked', atMs: nowMs, by: 'lab', sealed })
  })
}

/** New working and signing keys, signed by the root key, and the office started again with them. */
export async function renewsKeys(office: SwarmOffice): Promise<void> {
  const { folder, logFile } = office.run
  const passphrase = /Passphrase of the offline keys \(shown once\): (\S+)/.exec(readFileSync(logFile, 'utf8'))?.[1] ?? ''
  const root = await unlockKey(readFileSync(join(folder, 'data', 'take-offline', 'root.jwe'), 'utf8'), passphrase)
  if (!root.ok) throw new Error('the passphrase does not open the root key')
  const renewed = await renewKeys({ keysFolder: join(folder, 'keys'), root: root.value, nowMs: Date.now(), beforeInForce: () => Promise.resolve(ok(undefined)) })
  if (!renewed.ok) throw new Error(renewed.failure)
  await office.run.kill()
  await office.run.start()
  await office.looksAgain()
}

/** Everything about one application is gone and the next epoch has begun, as after a backup was put back. */
export async function forgets(office: SwarmOffice, id: ApplicationId): Promise<void> {
  await office.run.kill()
  await office.inside().db.transaction().execute(async (tx) => {
    for (const table of ['search_keys', 'cases', 'events', 'parts_announced', 'openings', 'outcomes', 'envelopes'] as const) {
      await tx.deleteFrom(table).where('id', '=', id).execute()
    }
    const last = await tx.selectFrom('epoch').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirstOrThrow()
    const fresh: string = newApplicationId(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
    if (!isEpochId(fresh)) throw new Error('a fresh id is an epoch id')
    await tx.insertInto('epoch').values({ ...last, id: fresh, number: last.number + 1 }).execute()
  })
  await office.run.start()
}

/** Once a minute: forgets proofs whose nonce is over, and one-time tickets that ended a week ago. */
import { errorFields } from '../log.ts'
import type { Office } from '../office.ts'

const roundMs = 60_000
const keepTicketsMs = 7 * 86_400_000

/** Removes what has ended. */
export async function tidyOnce({ db, clock }: Pick<Office, 'db' | 'clock'>): Promise<void> {
  const nowMs = clock.now()
  await db.deleteFrom('proofs').where('expires_at', '<', nowMs).execute()
  await db
    .deleteFrom('tickets')
    .where('expires_at', '<', nowMs - keepTicketsMs)
    .where((is) => is.not(is.exists(is.selectFrom('badges').select('badges.ticket').whereRef('badges.ticket', '=', 'tickets.hash'))))
    .execute()
}

/** Begins; the function that comes back ends it. */
export function startHousekeeping(office: Office): () => Promise<void> {
  let under: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    under = tidyOnce(office).catch((cause: unknown) => office.log.warn('database away', errorFields(cause)))
  }, roundMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await under
  }
}

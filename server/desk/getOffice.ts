import { join } from 'node:path'
import type * as v from 'valibot'
import { isSpanConfirmed } from '../../core/procedure/calendar.ts'
import { localMoment } from '../../core/procedure/dates.ts'
import { expectedDate, latestDate } from '../../core/procedure/deadlines.ts'
import { deskBase, officeShape } from '../../core/wire/desk.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json } from '../http/json.ts'
import { isTakeOfflinePending } from '../keys/loadKeys.ts'
import { lastBackupMs } from '../ledger/covered.ts'
import type { Office } from '../office.ts'
import type { PackShelf } from '../packs/shelf.ts'
import { unreviewedSinceMs } from '../restores.ts'
import { officerOnly } from './officerOnly.ts'

/** GET /office: what every officer should see, first of all that root and escrow keys still lie on this machine. */
export const getOffice: AddRoute = (app, office) => {
  app.get(
    `${deskBase}/office`,
    describe({ tag: 'desk', summary: 'The office and its warnings', answers: { 200: { what: 'the office', shape: officeShape } }, refusals: ['notSignedIn'] }),
    officerOnly(office),
    async (context) => json(context, await officeAnswer(office)),
  )
}

/** The office as it stands, with everything that somebody has to do. */
export async function officeAnswer({ keys, clock, config, packs, db }: Office): Promise<v.InferOutput<typeof officeShape>> {
  const [backupMs, restoredMs] = [await lastBackupMs(db), await unreviewedSinceMs(db)]
  const folder = join(config.dataFolder, 'take-offline')
  const pending = await isTakeOfflinePending(folder)
  const expired = Date.parse(keys.keySet.expiresAt) < clock.now()
  return {
    ...keys.keySet.office,
    keySet: { number: keys.keySet.number, expiresAt: keys.keySet.expiresAt },
    warnings: [
      ...(restoredMs === null ? [] : (['restored'] as const)),
      ...(pending ? (['takeOffline'] as const) : []),
      ...backupWarnings(backupMs, clock.now()),
      ...(expired ? (['keySetExpired'] as const) : []),
      ...(isCalendarConfirmed(packs, clock.now()) ? [] : (['calendarUnconfirmed'] as const)),
    ],
    takeOfflineFolder: pending ? folder : null,
    ...(backupMs === null ? {} : { lastBackupAt: new Date(backupMs).toISOString() }),
    ...(restoredMs === null ? {} : { restoredFrom: new Date(restoredMs).toISOString() }),
  }
}

/** Tablets keep what no backup holds, and fill up: a day without one is a day to look. */
const backupAgeMs = 24 * 3_600_000

function backupWarnings(backupMs: number | null, nowMs: number): readonly ('noBackup' | 'backupOld')[] {
  if (backupMs === null) return ['noBackup']
  return nowMs - backupMs > backupAgeMs ? ['backupOld'] : []
}

/** False when a date that would be given out now, for any procedure offered here, crosses days that nobody has confirmed. */
function isCalendarConfirmed({ calendar, offered }: PackShelf, nowMs: number): boolean {
  if (calendar === null) return false
  const received = localMoment(nowMs)
  const terms = offered().flatMap(({ pack: { deadline } }) => [deadline, ...(deadline.cases ?? []).map((one) => ({ ...one, dayOff: deadline.dayOff }))])
  const dates = terms.map((one) => latestDate(expectedDate(one, received, calendar)))
  return [received.date, ...dates].every((date) => isSpanConfirmed(calendar, received.date, date))
}

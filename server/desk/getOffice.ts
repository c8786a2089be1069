import { join } from 'node:path'
import { localMoment } from '../../core/procedure/dates.ts'
import { deskBase, officeShape } from '../../core/wire/desk.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json } from '../http/json.ts'
import { isTakeOfflinePending } from '../keys/loadKeys.ts'
import { officerOnly } from './officerOnly.ts'

/** GET /office: what every officer should see, first of all that root and escrow keys still lie on this machine. */
export const getOffice: AddRoute = (app, office) => {
  app.get(
    `${deskBase}/office`,
    describe({ tag: 'desk', summary: 'The office and its warnings', answers: { 200: { what: 'the office', shape: officeShape } }, refusals: ['notSignedIn'] }),
    officerOnly(office),
    async (context) => {
      const { keys, clock, config, packs } = office
      const folder = join(config.dataFolder, 'take-offline')
      const pending = await isTakeOfflinePending(folder)
      const expired = Date.parse(keys.keySet.expiresAt) < clock.now()
      const year = Number(localMoment(clock.now()).date.slice(0, 4))
      const calendarOpen = packs.calendar?.confirmedYears.includes(year) !== true
      return json(context, {
        ...keys.keySet.office,
        keySet: { number: keys.keySet.number, expiresAt: keys.keySet.expiresAt },
        warnings: [...(pending ? ['takeOffline'] : []), ...(expired ? ['keySetExpired'] : []), ...(calendarOpen ? ['calendarUnconfirmed'] : [])],
        takeOfflineFolder: pending ? folder : null,
      })
    },
  )
}

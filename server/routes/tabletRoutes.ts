/** Every route of the tablet's API, and the document that describes them. */
import type { AddRoute } from '../http/context.ts'
import { getCatalogue } from './getCatalogue.ts'
import { getDocs } from './getDocs.ts'
import { getFeed } from './getFeed.ts'
import { getHealth } from './getHealth.ts'
import { getKeys } from './getKeys.ts'
import { getMyDevice } from './getMyDevice.ts'
import { getOpenapi } from './getOpenapi.ts'
import { getOutcome } from './getOutcome.ts'
import { getPack } from './getPack.ts'
import { getPacks } from './getPacks.ts'
import { getTime } from './getTime.ts'
import { postBadge } from './postBadge.ts'
import { postCarrier } from './postCarrier.ts'
import { postEnrolment } from './postEnrolment.ts'
import { postHoldings } from './postHoldings.ts'
import { putEnvelope } from './putEnvelope.ts'
import { putPart } from './putPart.ts'

const routes: readonly AddRoute[] = [
  getTime,
  getHealth,
  getKeys,
  postEnrolment,
  getMyDevice,
  postBadge,
  putEnvelope,
  getOutcome,
  postCarrier,
  postHoldings,
  putPart,
  getFeed,
  getPacks,
  getPack,
  getCatalogue,
  getOpenapi,
  getDocs,
]

/** Adds them all. */
export const addTabletRoutes: AddRoute = (app, office) => {
  for (const add of routes) add(app, office)
}

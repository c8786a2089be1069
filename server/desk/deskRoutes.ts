/** Every route of the officers' desk. */
import { deskBase } from '../../core/wire/desk.ts'
import type { AddRoute } from '../http/context.ts'
import { getCase, postAccept, postOpen, postRefuse, postRelease, postSupplement } from './cases.ts'
import { getInbox } from './getInbox.ts'
import { getOffice } from './getOffice.ts'
import { getOfficers } from './getOfficers.ts'
import { getPhoto } from './getPhoto.ts'
import { fromOurPages } from './officerOnly.ts'
import { getDevices, postBadgeCode, postDeskEnrolment, postDevice, postVolunteerRevoke, volunteersRoutes } from './people.ts'
import { postDeskCarrier } from './postDeskCarrier.ts'
import { postOfficer } from './postOfficer.ts'
import { postOfficerDisable } from './postOfficerDisable.ts'
import { postReviewed } from './postReviewed.ts'
import { postSearch } from './postSearch.ts'
import { getMe, postFirst, postSignIn, postSignOut } from './signIn.ts'

const routes: readonly AddRoute[] = [
  postFirst,
  postSignIn,
  postSignOut,
  getMe,
  getOffice,
  postReviewed,
  getInbox,
  postSearch,
  getCase,
  getPhoto,
  postAccept,
  postSupplement,
  postRefuse,
  postRelease,
  postOpen,
  getDevices,
  postDevice,
  postDeskEnrolment,
  volunteersRoutes,
  postBadgeCode,
  postVolunteerRevoke,
  getOfficers,
  postOfficer,
  postOfficerDisable,
  postDeskCarrier,
]

/** Adds them all behind the check of where a change comes from. */
export const addDeskRoutes: AddRoute = (app, office) => {
  app.use(`${deskBase}/*`, fromOurPages(office))
  for (const add of routes) add(app, office)
}

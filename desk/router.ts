/**
 * The pages of the desk, all loaded at once: one fetched later could be missing without a network or after an update.
 * Whoever is not signed in is led to the sign-in page and from there to where they wanted to go. No word of a citizen ever
 * stands in an address: a case is named by its id, a search stays in memory.
 */
import { createRouter, createWebHistory, type RouteLocationNormalized, type Router, type RouterHistory } from 'vue-router'
import type { TextKey } from '../src/i18n/texts.ts'
import CarrierPage from './pages/CarrierPage.vue'
import CasePage from './pages/CasePage.vue'
import DecidedPage from './pages/DecidedPage.vue'
import DevicesPage from './pages/DevicesPage.vue'
import FirstOfficerPage from './pages/FirstOfficerPage.vue'
import LostPage from './pages/LostPage.vue'
import OfficePage from './pages/OfficePage.vue'
import OfficersPage from './pages/OfficersPage.vue'
import OpenPage from './pages/OpenPage.vue'
import QuarantinePage from './pages/QuarantinePage.vue'
import SearchPage from './pages/SearchPage.vue'
import SignInPage from './pages/SignInPage.vue'
import VolunteersPage from './pages/VolunteersPage.vue'
import { paySignOut } from './presence.ts'
import type { Desk } from './session.ts'
import { isOpenPage } from './target.ts'

const routes = [
  { path: '/', redirect: '/inbox' },
  { path: '/first', name: 'first', component: FirstOfficerPage },
  { path: '/sign-in', name: 'signIn', component: SignInPage },
  { path: '/inbox', name: 'open', component: OpenPage },
  { path: '/quarantine', name: 'quarantine', component: QuarantinePage },
  { path: '/decided', name: 'decided', component: DecidedPage },
  { path: '/search', name: 'search', component: SearchPage },
  { path: '/cases/:id/:act(accept|supplement|refuse|release)?', name: 'case', component: CasePage },
  { path: '/devices', name: 'devices', component: DevicesPage },
  { path: '/volunteers', name: 'volunteers', component: VolunteersPage },
  { path: '/officers', name: 'officers', component: OfficersPage },
  { path: '/carrier', name: 'carrier', component: CarrierPage },
  { path: '/office', name: 'office', component: OfficePage },
  { path: '/:rest(.*)*', name: 'lost', component: LostPage },
]

/** What the browser's tab says; never a citizen's word. */
const titles: Readonly<Record<string, TextKey>> = {
  first: 'desk.first.title',
  signIn: 'common.signIn',
  open: 'desk.list.openTitle',
  quarantine: 'desk.list.quarantineTitle',
  decided: 'desk.list.decidedTitle',
  search: 'desk.search.results',
  case: 'desk.case.name',
  devices: 'desk.devices.title',
  volunteers: 'desk.volunteers.title',
  officers: 'desk.officers.title',
  carrier: 'desk.carrier.title',
  office: 'desk.office.title',
  lost: 'desk.lost.title',
}

export const titleOf = (name: unknown): TextKey | null => (typeof name === 'string' ? (titles[name] ?? null) : null)

async function knowsOfficer(desk: Desk): Promise<boolean> {
  // Whoever signed out without a network is still known to the office: nobody may be let in by that.
  if (!(await paySignOut(desk, () => undefined)).ok) return false
  if (desk.me.value !== null) return true
  const answer = await desk.api.me()
  if (answer.ok) desk.me.value = answer.value
  // Without an answer of the office the page is entered and says by itself that the office cannot be reached.
  return answer.ok || answer.failure.kind !== 'notSignedIn'
}

/** The router; `history` is another one in tests. */
export function makeRouter(desk: Desk, history: RouterHistory = createWebHistory('/desk/')): Router {
  const router = createRouter({ history, routes, scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 } })
  router.beforeEach(async (to: RouteLocationNormalized, from) => {
    if (to.name !== from.name || to.params['id'] !== from.params['id']) desk.said.value = ''
    if (isOpenPage(to.name) || (await knowsOfficer(desk))) return true
    return { name: 'signIn', query: to.path === '/inbox' ? {} : { to: to.fullPath } }
  })
  router.afterEach((_to, from) => {
    desk.moved.value = from.matched.length > 0
  })
  return router
}

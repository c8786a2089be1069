/**
 * Pages and who may see them. A tablet that no office knows goes to /enrol, a locked one to /unlock and from there to where
 * it was going. Addresses and titles carry ids only, never a word about a citizen.
 */
import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteLocationRaw, type Router, type RouterHistory } from 'vue-router'
import type { TextKey, Texts } from './i18n/texts.ts'
import { routes } from './routes.ts'
import { useDevice } from './stores/device.ts'
import { useSession } from './stores/session.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** anyone: always; holder: also on a tablet that no office knows any more, when its storage opens; enrolled: an office knows this tablet; unlocked: a volunteer has opened the vault. */
    readonly for: 'anyone' | 'holder' | 'enrolled' | 'unlocked'
    /** Stays when the tablet is locked or put down, but begins anew: nothing that was said or typed in it is left for the next. */
    readonly forgets?: true
    readonly title: TextKey
  }
}

async function guard(to: RouteLocationNormalized): Promise<RouteLocationRaw | true> {
  if (to.meta.for === 'anyone') return true
  const [device, session] = [useDevice(), useSession()]
  await Promise.all([device.ready, session.ready])
  // App.vue shows what to do about broken storage; no page would help.
  if (device.broken || to.meta.for === 'holder') return true
  if (!device.isActive) return { name: 'enrol' }
  if (to.meta.for === 'enrolled' || !session.isLocked) return true
  if (session.volunteers.length === 0) return { name: 'badge' }
  return { name: 'unlock', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
}

export function makeRouter(texts: Texts, history: RouterHistory = createWebHistory()): Router {
  const router = createRouter({
    history,
    routes,
    scrollBehavior: (_to, _from, kept) => kept ?? { top: 0 },
  })
  router.beforeEach(guard)
  router.afterEach((to) => {
    document.title = `${texts.t(to.meta.title)} · ${texts.t('common.appName')}`
  })
  return router
}

/**
 * The app's own files, kept at install so that every page opens without a network. What belongs to the office (desk, API,
 * recovery page) and whatever is not a GET is left to the network, untouched.
 */
import { PrecacheController, PrecacheRoute } from 'workbox-precaching'
import { NavigationRoute, Router } from 'workbox-routing'
import { isLeftAlone } from './leftAlone.ts'

/** A file of the app and, where its name carries no hash, its revision. Made by the build. */
export interface ShellFile {
  readonly url: string
  readonly revision: string | null
}

export interface Shell {
  install(event: ExtendableEvent): void
  activate(event: ExtendableEvent): void
  fetch(event: FetchEvent): void
}

export function makeShell(files: readonly ShellFile[], origin: string): Shell {
  const controller = new PrecacheController()
  controller.precache([...files])
  const router = new Router()
  router.registerRoute(new PrecacheRoute(controller, { cleanURLs: false }))
  router.registerRoute(new NavigationRoute(controller.createHandlerBoundToURL('/index.html')))
  return {
    install: (event) => event.waitUntil(controller.install(event)),
    activate: (event) => event.waitUntil(controller.activate(event)),
    fetch(event) {
      if (isLeftAlone(event.request, origin)) return
      const response = router.handleRequest({ request: event.request, event })
      if (response !== undefined) event.respondWith(response)
    },
  }
}

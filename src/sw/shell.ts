/**
 * The app's own files, kept at install so that every page opens without a network. What belongs to the office (desk, API,
 * recovery page) and whatever is not a GET is left to the network, untouched.
 *
 * Promises: a release is kept whole before it waits, each file with exactly the bytes that its list names (the browser
 * compares the hash, so no portal's page and no short file becomes a script); a try that failed goes on where it stopped.
 * A file that an older release has is not fetched again. Older releases stay while a window shows them.
 */
import { PrecacheController, PrecacheRoute } from 'workbox-precaching'
import { NavigationRoute, Route, Router } from 'workbox-routing'
import { cacheOf, matchKept, readKept, releasesToForget, windowMark } from './keptReleases.ts'
import { isLeftAlone } from './leftAlone.ts'

/** A file of the app: its hash and, where its name carries none, its revision. Made by the build. */
export interface ShellFile {
  readonly url: string
  readonly revision: string | null
  readonly integrity: string
}

export interface Release {
  readonly name: string
  readonly files: readonly ShellFile[]
}

export interface Shell {
  install(event: ExtendableEvent): void
  activate(event: ExtendableEvent): void
  fetch(event: FetchEvent): void
}

export interface ShellPorts {
  readonly origin: string
  readonly caches: CacheStorage
  readonly clients: Pick<Clients, 'matchAll'>
  readonly registration: Pick<ServiceWorkerRegistration, 'installing' | 'waiting'>
  readonly locks: LockManager
  readonly fetch: (request: Request) => Promise<Response>
}

const lockName = 'tiepsuc-releases'

/** Never from the browser's own cache: a bad answer that lies there would fail every try. */
const askAnew = { requestWillFetch: ({ request }: { request: Request }) => Promise.resolve(new Request(request, { cache: 'reload' })) }

export function makeShell(release: Release, ports: ShellPorts): Shell {
  const { caches, locks } = ports
  const own = cacheOf(release.name)
  const controller = new PrecacheController({ cacheName: own, plugins: [askAnew] })
  controller.addToCacheList([...release.files])
  const router = new Router()
  router.registerRoute(new PrecacheRoute(controller, { cleanURLs: false }))
  router.registerRoute(new Route(isAsset, async ({ request }) => (await matchKept(caches, request, 'any')) ?? ports.fetch(request)))
  router.registerRoute(new NavigationRoute(controller.createHandlerBoundToURL('/index.html')))

  async function keep(event: ExtendableEvent): Promise<void> {
    await takeOver(caches, own, [...controller.getURLsToCacheKeys().values()])
    await controller.install(event)
  }

  async function opened(window: string): Promise<void> {
    await (await caches.open(own)).put(windowMark(window), new Response(null))
    await forget(ports, own, [window])
  }

  return {
    install: (event) => event.waitUntil(locks.request(lockName, () => keep(event))),
    activate: (event) => event.waitUntil(forget(ports, own, [])),
    fetch(event) {
      if (isLeftAlone(event.request, ports.origin)) return
      const response = router.handleRequest({ request: event.request, event })
      if (response !== undefined) event.respondWith(response)
      if (event.request.mode === 'navigate' && event.resultingClientId !== '') event.waitUntil(opened(event.resultingClientId))
    },
  }
}

const isAsset = ({ url }: { url: URL }): boolean => url.pathname.startsWith('/assets/')

/** Copies what an older release already has; the addresses name the bytes, by hash or by revision. */
async function takeOver(caches: CacheStorage, own: string, addresses: readonly string[]): Promise<void> {
  const cache = await caches.open(own)
  for (const address of addresses) {
    if ((await cache.match(address)) !== undefined) continue
    const found = await matchKept(caches, address, 'verified')
    if (found !== undefined) await cache.put(address, found)
  }
}

/** Lets older releases go that no window shows; not while a next one is being fetched or waits. */
async function forget({ caches, clients, registration, locks }: ShellPorts, own: string, opening: readonly string[]): Promise<void> {
  await locks.request(lockName, { ifAvailable: true }, async (lock) => {
    if (lock === null || registration.installing !== null || registration.waiting !== null) return
    const open = (await clients.matchAll({ type: 'window' })).map(({ id }) => id)
    const going = releasesToForget(own, await readKept(caches), [...open, ...opening])
    for (const name of going) await caches.delete(name)
  })
}

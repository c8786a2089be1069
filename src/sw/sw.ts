/**
 * The service worker: it keeps the app's files, and sends sealed applications when the browser says there is a network.
 * A new version waits until the volunteer presses (a message says so); it never takes over by itself.
 */
import { syncTag } from '../offline/platform.ts'
import { makeShell, type ShellFile } from './shell.ts'
import { deliverInBackground, shellPorts } from './wiring.ts'

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: readonly ShellFile[]
  readonly __RELEASE__: string
}

/** Chromium's Background Sync, which the type library does not know. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}

const shell = makeShell({ name: self.__RELEASE__, files: self.__WB_MANIFEST }, shellPorts(self))

self.addEventListener('install', (event) => shell.install(event))
self.addEventListener('activate', (event) => shell.activate(event))
self.addEventListener('fetch', (event) => shell.fetch(event))
self.addEventListener('sync', (event) => isOutboxSync(event) && event.waitUntil(deliverInBackground()))
self.addEventListener('message', (event) => asksToActivate(event.data) && event.waitUntil(self.skipWaiting()))

function isOutboxSync(event: Event): event is SyncEvent {
  return 'tag' in event && event.tag === syncTag
}

/** What workbox-window's messageSkipWaiting sends. */
function asksToActivate(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'SKIP_WAITING'
}

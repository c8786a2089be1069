/**
 * The service worker's life as the page sees it: registered after the first page, asked for news when the page comes
 * back, and a waiting version is only offered. Nothing is activated without a press (`stores/updates.ts`).
 */
import { Workbox } from 'workbox-window'

const askAgainMs = 60 * 60_000

/** A piece of this page's release is nowhere any more: only a page loaded anew has whole pieces. Never by itself. */
export function watchForMissingPieces(miss: (loadAnew: () => Promise<boolean>) => void): void {
  window.addEventListener('vite:preloadError', () => {
    miss(async () => {
      // Without the office and without a kept page, a reload would leave nothing at all.
      const page = await fetch('/index.html', { cache: 'no-store' }).catch(() => null)
      if (page?.ok !== true) return false
      window.location.reload()
      return true
    })
  })
}

export function watchForUpdates(offer: (take: () => Promise<void>) => void): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const workbox = new Workbox('/sw.js')
  let isTaken = false

  /** A waiting version is activated; one that another window has activated already only needs the new page. */
  async function take(): Promise<void> {
    isTaken = true
    const waiting = (await navigator.serviceWorker.getRegistration())?.waiting ?? null
    if (waiting === null) window.location.reload()
    else workbox.messageSkipWaiting()
  }

  workbox.addEventListener('waiting', () => offer(take))
  workbox.addEventListener('controlling', () => {
    if (isTaken) window.location.reload()
    // Another window took it: this page goes on as it is, from the files of its own release.
    else offer(take)
  })
  // Without a worker the app still works while this page is open; the next start tries again.
  workbox.register().catch(() => undefined)

  let askedAtMs = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - askedAtMs < askAgainMs) return
    askedAtMs = Date.now()
    workbox.update().catch(() => undefined)
  })
}

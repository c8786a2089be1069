/**
 * The browser, as the desk may use it. Only language, theme and whether a sign-out is owed are ever kept, in localStorage;
 * everything else lives in memory. The secret of a one-time link is taken out of the address before anything else runs.
 */
import { openDeskApi } from './api.ts'
import type { Outside, Theme } from './session.ts'

const localeKey = 'tiepsuc.desk.locale'
const themeKey = 'tiepsuc.desk.theme'
const owedKey = 'tiepsuc.desk.signOutOwed'

/** A word kept for the next visit; null when there is none or the browser keeps nothing. */
function kept(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch (error) {
    // Storage switched off: the choice lives as long as the page.
    if (error instanceof DOMException) return null
    throw error
  }
}

/** False when the browser keeps nothing. */
function keep(key: string, word: string): boolean {
  try {
    localStorage.setItem(key, word)
    return true
  } catch (error) {
    if (error instanceof DOMException) return false
    throw error
  }
}

export const keptLocale = (): string | null => kept(localeKey)
export const keepLocale = (locale: string): void => {
  keep(localeKey, locale)
}

export function keptTheme(): Theme {
  const word = kept(themeKey)
  return word === 'light' || word === 'dark' ? word : 'auto'
}

function setTheme(theme: Theme): void {
  keep(themeKey, theme)
  showTheme(theme)
}

export function showTheme(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

/** Whether a sign-out is owed; in memory where the browser keeps nothing. */
function openOwed(): Pick<Outside, 'owesSignOut' | 'oweSignOut'> {
  let unkept = false
  return {
    owesSignOut: () => unkept || kept(owedKey) === 'yes',
    oweSignOut(owed) {
      unkept = !keep(owedKey, owed ? 'yes' : 'no') && owed
    },
  }
}

/** The secret in the fragment of a one-time link; the address loses its fragment at once. */
export function takeTicket(): string | null {
  const ticket = new URLSearchParams(location.hash.slice(1)).get('t')
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname + location.search)
  return ticket
}

/** Tells of a one-time link that is opened while the desk is already open: only the fragment changes, so nothing loads anew. */
export function watchTickets(found: (ticket: string) => void): void {
  window.addEventListener('hashchange', () => {
    if (!location.hash.startsWith('#t=')) return
    const ticket = takeTicket()
    if (ticket !== null) found(ticket)
  })
}

function saveFile(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => {
    URL.revokeObjectURL(url)
  }, 10_000)
}

function every(spanMs: number, call: () => void): () => void {
  const timer = setInterval(() => {
    if (document.visibilityState === 'visible') call()
  }, spanMs)
  return () => {
    clearInterval(timer)
  }
}

/** Tells `heard` when a piece of this page could not be loaded: the office has put out a newer desk. */
export function watchMissingPieces(heard: () => void): void {
  addEventListener('vite:preloadError', heard)
}

/** Tells `heard` now and on each change whether the browser sees a network. */
export function watchNetwork(heard: (online: boolean) => void): void {
  heard(navigator.onLine)
  addEventListener('online', () => {
    heard(true)
  })
  addEventListener('offline', () => {
    heard(false)
  })
}

/** Calls every `spanMs`, hidden or seen, and as soon as the browser sees a network again. */
export function keepTrying(spanMs: number, call: () => void): void {
  setInterval(call, spanMs)
  addEventListener('online', call)
}

/** Tells `heard` each time that the page is seen again. */
export function watchSeen(heard: () => void): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') heard()
  })
}

/** The desk's outside; `onSignedOut` hears when the office no longer knows this officer. */
export function openOutside(onSignedOut: () => void): Outside {
  return {
    api: openDeskApi((input, init) => fetch(input, init), onSignedOut),
    now: () => Date.now(),
    every,
    saveFile,
    copy: (text) => navigator.clipboard.writeText(text),
    print: () => {
      window.print()
    },
    setTheme,
    ...openOwed(),
  }
}

/** The real world for stores and pages; tests hand in another. The only file above `offline` that touches the browser. */
import type { Outside, Shared, Theme } from './stores/outside.ts'

const prefix = 'tiepsuc.'

function kept(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name)
  } catch {
    // Storage is blocked: settings last until the page is closed.
    return null
  }
}

function keep(name: string, word: string): boolean {
  try {
    localStorage.setItem(prefix + name, word)
    return true
  } catch {
    // As above: a setting that cannot be kept is no reason to stop.
    return false
  }
}

function handOver(fileName: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  setTimeout(() => {
    URL.revokeObjectURL(url)
  }, 60_000)
}

/** Chromium shares only files of a few kinds and .ndjson is none of them; as text it goes, and the office reads both. */
function sharedFile(fileName: string, content: Blob): File | null {
  if (typeof navigator.canShare !== 'function') return null
  const own = new File([content], fileName, { type: content.type })
  if (navigator.canShare({ files: [own] })) return own
  const asText = new File([content], `${fileName}.txt`, { type: 'text/plain' })
  return navigator.canShare({ files: [asText] }) ? asText : null
}

async function share(fileName: string, content: Blob): Promise<Shared> {
  const file = sharedFile(fileName, content)
  if (file === null) return 'failed'
  try {
    await navigator.share({ files: [file] })
    return 'shared'
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause
    if (cause.name === 'AbortError') return 'cancelled'
    // Refused although it looks shareable: Chromium also says so of a file that is too large.
    return cause.name === 'NotAllowedError' && !navigator.userActivation.isActive ? 'tapAgain' : 'failed'
  }
}

function showTheme(theme: Theme): void {
  const root = document.documentElement
  if (theme === 'system') delete root.dataset['theme']
  else root.dataset['theme'] = theme
}

export const outside: Outside = {
  nowMs: () => Date.now(),
  randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  every(periodMs, run) {
    const timer = setInterval(run, periodMs)
    return () => {
      clearInterval(timer)
    }
  },
  kept,
  keep,
  handOver,
  canShare: () => sharedFile('a.ndjson', new Blob(['{}'])) !== null,
  share,
  showTheme,
}

/** The real world for stores and pages; tests hand in another. The only file above `offline` that touches the browser. */
import type { Outside, Theme } from './stores/outside.ts'

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

function handOver(fileName: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  setTimeout(() => {
    URL.revokeObjectURL(url)
  }, 60_000)
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
  showTheme,
}

// A real Chromium that tests may kill. Every browser started here has a profile folder of its own, and only a process
// that names this folder is ever killed: never by program name, never somebody else's browser.
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium, type BrowserContext, type CDPSession, type Page } from '@playwright/test'

type LaunchOptions = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const ELSEWHERE = ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']
const QUIET = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const WAIT_MS = 10_000
const STEP_MS = 25

const profiles = new WeakMap<BrowserContext, string>()

/** PLAYWRIGHT_CHROMIUM, else an installed Chromium or Chrome, else undefined: Playwright then looks for its own. */
export function findChromium(): string | undefined {
  const named = process.env['PLAYWRIGHT_CHROMIUM']
  if (named !== undefined && named !== '') return named
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...ELSEWHERE]
  return candidates.find(isProgram)
}

/** What keeps Chromium from talking to its maker's hosts; as root it runs only without its sandbox. */
export function chromiumArgs(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox', ...QUIET] : [...QUIET]
}

/** A browser on a profile folder of its own, which outlives the browser: start it again after killBrowser. */
export async function launchProfile(folder: string, options: LaunchOptions = {}): Promise<BrowserContext> {
  const profile = resolve(folder)
  const executablePath = findChromium()
  const context = await chromium.launchPersistentContext(profile, {
    serviceWorkers: 'allow',
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    ...(executablePath === undefined ? {} : { executablePath }),
    ...options,
    args: [...chromiumArgs(), ...(options.args ?? [])],
  })
  profiles.set(context, profile)
  return context
}

/** SIGKILL for the browser and all its children, as a dead battery would; returns when none of them lives. */
export async function killBrowser(context: BrowserContext): Promise<void> {
  const profile = profiles.get(context)
  if (profile === undefined) throw new Error('killBrowser takes only a context made by launchProfile')
  const pid = browserPid(profile) ?? (await pidOverCdp(context))
  const closed = new Promise<void>((done) => {
    context.once('close', () => {
      done()
    })
  })
  // Playwright starts Chromium as the leader of a process group; the group is the browser with all its children.
  if (!signal(-pid)) signal(pid)
  await closed
  await until(() => browserPid(profile) === undefined && !isAlive(pid), 'the killed browser to be gone')
}

/** Closes what may be closed already. */
export async function closeQuietly(thing: { close(): Promise<void> } | undefined): Promise<void> {
  try {
    await thing?.close()
  } catch (cause) {
    if (!(cause instanceof Error && /closed|disconnected/i.test(cause.message))) throw cause
  }
}

/** Leaves the browser running with one blank page: no page of the app is open any more. */
export async function closeAppPages(context: BrowserContext): Promise<void> {
  const open = context.pages()
  const blank = await context.newPage()
  for (const page of open) if (page !== blank) await page.close()
}

/** The browser's own "sync" event for one tag, sent to the origin's worker; no page of the app need be open. */
export async function dispatchSync(context: BrowserContext, origin: string, tag: string): Promise<void> {
  await withWorkers(context, origin, async (session, registrationId) => {
    await session.send('ServiceWorker.dispatchSyncEvent', { origin, registrationId, tag, lastChance: false })
  })
}

/** Stops every running worker; the next event starts it anew, as the browser does after half a minute of rest. */
export async function stopWorkers(context: BrowserContext): Promise<void> {
  await withSession(context, async (session) => {
    await session.send('ServiceWorker.enable')
    await session.send('ServiceWorker.stopAllWorkers')
  })
}

/** Makes navigator.storage.persist() answer true for the origin. */
export async function grantPersistentStorage(page: Page, origin: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  try {
    const { targetInfo } = await session.send('Target.getTargetInfo')
    const browserContextId = targetInfo.browserContextId
    const grant = { permissions: ['durableStorage' as const], origin, ...(browserContextId === undefined ? {} : { browserContextId }) }
    const browser = page.context().browser()
    if (browser === null) await session.send('Browser.grantPermissions', grant)
    else await (await browser.newBrowserCDPSession()).send('Browser.grantPermissions', grant)
  } finally {
    await session.detach()
  }
}

/** The browser's main process, found by the profile folder on its command line. */
export function browserPid(profile: string): number | undefined {
  if (!existsSync('/proc/self/cmdline')) return undefined
  const flag = `--user-data-dir=${resolve(profile)}`
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const words = commandLine(entry)
    if (words.includes(flag) && !words.some((word) => word.startsWith('--type='))) return Number(entry)
  }
  return undefined
}

async function pidOverCdp(context: BrowserContext): Promise<number> {
  const browser = context.browser()
  if (browser === null) throw new Error('no process holds this profile')
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const main = processInfo.find((one) => one.type === 'browser')
  if (main === undefined) throw new Error('the browser names no main process')
  return main.id
}

async function withWorkers(context: BrowserContext, origin: string, use: (session: CDPSession, registrationId: string) => Promise<void>): Promise<void> {
  await withSession(context, async (session) => {
    let found: string | undefined
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      for (const one of registrations) {
        if (!one.isDeleted && new URL(one.scopeURL).origin === origin) found = one.registrationId
      }
    })
    await session.send('ServiceWorker.enable')
    await until(() => found !== undefined, `a service worker of ${origin}`)
    if (found !== undefined) await use(session, found)
  })
}

async function withSession(context: BrowserContext, use: (session: CDPSession) => Promise<void>): Promise<void> {
  const present = context.pages()[0]
  const page = present ?? (await context.newPage())
  const session = await context.newCDPSession(page)
  try {
    await use(session)
  } finally {
    await closeQuietly({ close: () => session.detach() })
    if (present === undefined) await closeQuietly(page)
  }
}

async function until(reached: () => boolean, what: string): Promise<void> {
  const endAt = performance.now() + WAIT_MS
  while (!reached()) {
    if (performance.now() > endAt) throw new Error(`waited ${String(WAIT_MS)} ms in vain for ${what}`)
    await pause(STEP_MS)
  }
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return [] // The process ended while we were looking.
  }
}

function signal(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    return false // Already gone, or no such group.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // A killed child that its parent has not yet collected still answers; its command line is empty.
  return !existsSync('/proc/self/cmdline') || commandLine(String(pid)).join('') !== ''
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * A tablet of the lab: a real Chromium on a profile folder of its own, with the lab's build of the app. It dies as tablets die
 * (the whole browser, or only the process of its page) and starts again on the same folder.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import { browserPid, closeQuietly, killBrowser, launchProfile } from '../../support/chromium.ts'
import { childrenOf } from '../../support/strace.ts'
import { OutOfTime, within } from './within.ts'

/** How a tablet dies. */
export type Death = 'browser' | 'renderer'

export interface LabTablet {
  readonly profile: string
  /** Of the browser that runs now. */
  page(): Page
  context(): BrowserContext
  /** Starts the browser if it does not run (or another program in its place), opens the app, and answers when the page has its tablet. */
  starts(program?: string): Promise<void>
  /** Opens the app in another tab, which is the tablet's page from now on; answers the one before, which stays open. */
  opensBeside(): Promise<Page>
  dies(how: Death): Promise<void>
  /** Closes the browser as a person does. */
  closes(): Promise<void>
  /** Ends everything and removes the profile. */
  remove(): Promise<void>
}

const startMs = 60_000

export function aLabTablet(origin: string): LabTablet {
  const profile = mkdtempSync(join(tmpdir(), 'tiepsuc-lab-'))
  let running: { context: BrowserContext; page: Page } | null = null

  function now(): { context: BrowserContext; page: Page } {
    if (running === null) throw new Error('the tablet does not run')
    return running
  }

  async function opens(page: Page): Promise<void> {
    await page.goto(origin, { waitUntil: 'commit', timeout: startMs })
    await page.waitForFunction(() => 'tablet' in globalThis, undefined, { timeout: startMs })
    await within(startMs, 'opening the database', page.evaluate(async () => {
      await globalThis.tablet
    }))
  }

  return {
    profile,
    page: () => now().page,
    context: () => now().context,
    async starts(program) {
      if (running === null) {
        const context = await launchProfile(profile, { timeout: startMs, ...(program === undefined ? {} : { executablePath: program }) })
        // The screens would lock the vault of a volunteer who touches nothing.
        await context.addInitScript(() => localStorage.setItem('tiepsuc.lockAfterMs', '86400000'))
        running = { context, page: context.pages()[0] ?? (await context.newPage()) }
      }
      await opens(running.page)
    },
    async opensBeside() {
      const { context, page } = now()
      running = { context, page: await context.newPage() }
      await opens(running.page)
      return page
    },
    async dies(how) {
      const { context, page } = now()
      if (how === 'browser') {
        running = null
        await within(startMs, 'killing the browser', killBrowser(context))
        return
      }
      const crashed = new Promise<void>((resolve) => page.once('crash', () => resolve()))
      for (const pid of renderersOf(profile)) kill(pid)
      await within(startMs, 'killing the page', crashed)
      const another = await opensAnother(context)
      if (another === null) {
        running = null
        await within(startMs, 'ending a browser that opens no page', browserPid(profile) === undefined ? closeQuietly(context) : killBrowser(context))
        return
      }
      running = { context, page: another }
      await within(startMs, 'closing the dead page', closeQuietly(page))
    },
    async closes() {
      const context = running?.context
      running = null
      await within(startMs, 'closing the browser', closeQuietly(context))
    },
    async remove() {
      const context = running?.context
      running = null
      if (context !== undefined && browserPid(profile) !== undefined) await within(startMs, 'ending the browser', killBrowser(context))
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

/**
 * A new page may be given a process that was killed with the others before it was used: it crashes, or never opens at all. Null
 * when the browser opens none: a person then closes it and starts it again.
 */
async function opensAnother(context: BrowserContext): Promise<Page | null> {
  try {
    return await within(startMs / 4, 'opening another page', context.newPage())
  } catch (cause) {
    if (cause instanceof OutOfTime || (cause instanceof Error && /crashed|been closed/i.test(cause.message))) return null
    throw cause
  }
}

/** The processes in which pages and workers of this profile's browser run. */
function renderersOf(profile: string): number[] {
  const pid = browserPid(profile)
  if (pid === undefined) throw new Error('no process holds this profile')
  return childrenOf(pid).filter((child) => commandLine(child).includes('--type=renderer'))
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) return '' // it ended while we looked
    throw cause
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH')) throw cause
  }
}

// Finds a Chromium for the end-to-end tests, or installs one: the system's, Debian's through apt, Playwright's own.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inRoot } from './place.mjs'
import { step, stop } from './progress.mjs'
import { run, runTool } from './run.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const elsewhere = ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']
const wait = ['-o', 'DPkg::Lock::Timeout=300']

/** The path of a browser that runs; ends the script with one sentence when there is none to be had. */
export async function findBrowser() {
  const named = process.env.PLAYWRIGHT_CHROMIUM
  if (named) {
    if (await runs(named)) return named
    stop(`PLAYWRIGHT_CHROMIUM names ${named}, and that is no browser that runs: correct it, or unset it and let one be found.`)
  }
  return (await installed()) ?? (await playwrights()) ?? (await fromApt()) ?? (await download()) ?? stop(
    'The end-to-end tests need a Chromium and none could be found or installed: install "chromium" with your system, or set PLAYWRIGHT_CHROMIUM to one.',
  )
}

async function installed() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const candidates = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...elsewhere]
  for (const candidate of candidates) if (await runs(candidate)) return candidate
  return undefined
}

/** Where Playwright would keep its own, if it is there. */
async function playwrights() {
  const { chromium } = await import(pathToFileURL(inRoot('node_modules/@playwright/test/index.mjs')).href)
  const path = chromium.executablePath()
  return (await runs(path)) ? path : undefined
}

async function fromApt() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  try {
    await step('Installing chromium with apt (once)', async () => {
      // An update that fails (one mirror of many, a lock) does not always mean that the installation will.
      await run('apt-get', [...wait, 'update', '-q'], { env }).catch((cause) => process.stderr.write(cause.output ?? ''))
      await run('apt-get', [...wait, 'install', '-y', '-q', '--no-install-recommends', 'chromium'], { env })
    })
  } catch (cause) {
    process.stderr.write(lastLines(cause.output))
    return undefined
  }
  return installed()
}

async function download() {
  const deps = process.getuid?.() === 0 ? ['--with-deps'] : []
  try {
    await step("Downloading Playwright's Chromium (once)", () => runTool('@playwright/test/cli.js', ['install', ...deps, 'chromium']))
  } catch (cause) {
    process.stderr.write(lastLines(cause.output))
    return undefined
  }
  return playwrights()
}

/** A name on the path is not enough: some systems put a stub there that only tells where to get the browser. */
async function runs(path) {
  if (!existsSync(path)) return false
  return run(path, ['--version'], { limitMs: 30_000 }).then((said) => /chrom/i.test(said), () => false)
}

function lastLines(output = '') {
  return `${output.trim().split('\n').slice(-5).join('\n')}\n`
}

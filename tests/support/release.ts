/** Releases of the tablet app in a folder of their own, as an office would serve one after the other. */
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A copy of the built app that may be changed. Whoever asks for it removes it. */
export function aWebFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tiepsuc-web-'))
  cpSync('dist/web', folder, { recursive: true })
  return folder
}

/** Puts out the next release: only the page differs; it carries the release's name. */
export function putsOut(folder: string, release: string): void {
  const page = join(folder, 'index.html')
  writeFileSync(page, named(readFileSync(page, 'utf8'), release))
  lists(folder, release, (file) => file)
}

/** Puts out a release as a whole new build would be: every hashed file has another name, and none of the old ones is there. */
export function rebuilds(folder: string, release: string): void {
  const next = new Map(readdirSync(join(folder, 'assets')).map((file) => [file, nextName(file, release)]))
  const renamed = (text: string): string => text.replace(/[\w.-]+\.\w+/g, (word) => next.get(word) ?? word)
  for (const file of ['index.html', 'desk.html', ...[...next.keys()].map((name) => `assets/${name}`)]) {
    const bytes = readFileSync(join(folder, file))
    rmSync(join(folder, file))
    writeFileSync(join(folder, renamed(file)), /\.(?:js|css|html)$/.test(file) ? renamed(bytes.toString()) : bytes)
  }
  const page = join(folder, 'index.html')
  writeFileSync(page, named(readFileSync(page, 'utf8'), release))
  lists(folder, release, renamed)
}

/** Gives the worker the list of what lies in the folder now. */
function lists(folder: string, release: string, renamed: (text: string) => string): void {
  const worker = join(folder, 'sw.js')
  const text = renamed(readFileSync(worker, 'utf8'))
  const before = entriesIn(text)
  if (!before.some(([, url]) => url === 'index.html')) throw new Error('the worker does not keep the page')
  const after = before.reduce((list, [entry, url]) => list.replace(entry, entryOf(url, readFileSync(join(folder, url)))), text)
  writeFileSync(worker, after.replace(/name:`[\da-f]{16}`/, `name:\`${hashOf(release).toString('hex').slice(0, 16)}\``))
}

/** What the worker of the folder keeps. */
export function filesListed(folder: string): { readonly url: string; readonly integrity: string }[] {
  const entries = entriesIn(readFileSync(join(folder, 'sw.js'), 'utf8'))
  return entries.map(([entry, url]) => ({ url, integrity: /integrity:`([^`]+)`/.exec(entry)?.[1] ?? '' }))
}

const entriesIn = (worker: string): [entry: string, url: string][] =>
  [...worker.matchAll(/\{url:`([^`]+)`,revision:[^,]+,integrity:`[^`]+`\}/g)].map(([entry, url]) => [entry, url ?? ''])

/** As scripts/serviceWorkerPlugin.ts makes it. */
function entryOf(url: string, bytes: Buffer): string {
  const hash = hashOf(bytes)
  const revision = url.startsWith('assets/') ? 'null' : `\`${hash.toString('hex').slice(0, 16)}\``
  return `{url:\`${url}\`,revision:${revision},integrity:\`sha256-${hash.toString('base64')}\`}`
}

const named = (page: string, release: string): string =>
  page.replace(/\s*<meta name="release"[^>]*>/, '').replace(/<head>/, `<head>\n    <meta name="release" content="${release}" />`)

const nextName = (file: string, release: string): string =>
  file.replace(/-[\w-]{8}(\.\w+)$/, (_, end: string) => `-${hashOf(file + release).toString('hex').slice(0, 8)}${end}`)

const hashOf = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest()

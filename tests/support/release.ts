/** Releases of the tablet app in a folder of their own, as an office would serve one after the other. */
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A copy of the built app that may be changed. Whoever asks for it removes it. */
export function aWebFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tiepsuc-web-'))
  cpSync('dist/web', folder, { recursive: true })
  return folder
}

/** Puts out the next release: the page carries its name, and the worker's list the page's new revision. */
export function putsOut(folder: string, release: string): void {
  const page = join(folder, 'index.html')
  const worker = join(folder, 'sw.js')
  const before = readFileSync(page)
  const after = Buffer.from(before.toString().replace(/<head>/, `<head>\n    <meta name="release" content="${release}" />`))
  const list = readFileSync(worker, 'utf8')
  if (!list.includes(revisionOf(before))) throw new Error('the worker does not keep the page')
  writeFileSync(page, after)
  writeFileSync(worker, list.replaceAll(revisionOf(before), revisionOf(after)))
}

/** As scripts/serviceWorkerPlugin.ts makes it. */
const revisionOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16)

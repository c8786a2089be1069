import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { array, nullable, object, optional, parse, record, string } from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildWorker } from '../../scripts/serviceWorkerPlugin.ts'
import { crashPoints } from '../../src/offline/crashPoints.ts'
import { deskWords } from '../../src/i18n/deskWords.ts'
import { tabletWords } from '../../src/i18n/tabletWords.ts'
import { copyTree, ROOT, runNode, toolPath } from '../support/treeCopy.ts'

const NEEDS_THE_KEY_OR_A_SCREEN = /^src\/(?:offline\/vault|stores|pages|components|forms|composables|i18n|styles)\/|[.]vue$|^desk\/|^server\//
const SCREEN_PACKAGES = /(?:^|\/)node_modules\/(?:vue|@vue|pinia|vue-router|vee-validate|hash-wasm|@lucide|@tanstack|minisearch|vietnam-qr-pay)\//

const Built = object({ modules: array(string()), precache: array(object({ url: string(), revision: nullable(string()) })) })
const Manifest = record(string(), object({ file: string(), src: optional(string()) }))

/** Sentences long enough to be nobody else's, of both languages. */
function longWordsOf(node: unknown): string[] {
  if (typeof node === 'string') return /^[^'"`\\\n]{24,}$/.test(node) ? [node] : []
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(longWordsOf) : []
}

const forbidden = (modules: readonly string[]): string[] => modules.filter((one) => NEEDS_THE_KEY_OR_A_SCREEN.test(one) || SCREEN_PACKAGES.test(one))

describe('the built app', () => {
  const out = mkdtempSync(join(tmpdir(), 'tiepsuc-web-'))
  let modules: string[]
  let urls: string[]

  beforeAll(async () => {
    const ended = await runNode(toolPath('vite/bin/vite.js'), ['build', '--outDir', join(out, 'web'), '--emptyOutDir', '--manifest', '--logLevel', 'warn'], ROOT)
    if (ended.code !== 0) throw new Error(ended.output)
    const built = parse(Built, JSON.parse(readFileSync(join(out, 'sw-modules.json'), 'utf8')))
    modules = built.modules
    urls = built.precache.map(({ url }) => url)
  })

  afterAll(() => {
    rmSync(out, { recursive: true, force: true })
  })

  it('has a service worker that can deliver', () => {
    expect(modules).toContain('src/sw/sw.ts')
    expect(modules.some((one) => one.startsWith('src/offline/outbox/'))).toBe(true)
  })

  it('has a service worker without vault, stores, Vue or any screen', () => {
    expect(forbidden(modules)).toEqual([])
  })

  it('hands the worker no code that it would have to fetch later', () => {
    expect(readFileSync(join(out, 'web/sw.js'), 'utf8')).not.toMatch(/\bimport\s*\(|\bimportScripts\s*\(/)
  })

  it('keeps on the tablet the page with its words, looks and two font subsets', () => {
    expect(urls).toContain('index.html')
    expect(urls).toContain('manifest.webmanifest')
    expect(urls.filter((url) => url.endsWith('.woff2')).every((url) => /-(?:vietnamese|latin)-\d/.test(url))).toBe(true)
    expect(urls.some((url) => url.endsWith('.woff2') && url.includes('-vietnamese-'))).toBe(true)
  })

  it('keeps nothing of the desk on the tablet', () => {
    const manifest = parse(Manifest, JSON.parse(readFileSync(join(out, 'web/.vite/manifest.json'), 'utf8')))
    const desk = Object.values(manifest).filter(({ src }) => src === 'desk.html' || src?.startsWith('desk/') === true)

    expect(desk.length).toBeGreaterThan(0)
    expect(desk.map(({ file }) => file).filter((file) => urls.includes(file))).toEqual([])
    expect(urls).not.toContain('desk.html')
  })

  it('has no trace of the points at which the fault lab kills it', () => {
    const files = readdirSync(join(out, 'web'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'))
    const traces = ['/.lab/', 'CRASH_POINTS', ...crashPoints.flatMap((point) => [`'${point}'`, `"${point}"`, `\`${point}\``])]
    const found = files.flatMap((file) => traces.filter((trace) => readFileSync(join(out, 'web', file), 'utf8').includes(trace)))

    expect(files.length).toBeGreaterThan(20)
    expect(found).toEqual([])
  })

  it('has a recovery page that shares no file with the app, is small, and is not kept on the tablet', () => {
    const [page, script] = ['recover.html', 'recover.js'].map((file) => readFileSync(join(out, 'web', file), 'utf8'))

    expect(`${page}${script}`).not.toMatch(/assets\/|\bimport\s*\(|dexie/i)
    expect(script?.length).toBeLessThan(60_000)
    expect(urls.filter((url) => url.includes('recover'))).toEqual([])
  })

  it('keeps no words of the desk on the tablet', () => {
    const scripts = urls.filter((url) => url.endsWith('.js')).map((url) => readFileSync(join(out, 'web', url), 'utf8'))
    const isKept = (words: string): boolean => scripts.some((script) => ['"', "'", '`'].some((mark) => script.includes(mark + words + mark)))

    // Words of the tablet are found in the same way, so the search is one that can find.
    const own = longWordsOf(tabletWords)
    expect(own.filter((words) => !isKept(words))).toEqual([])
    // Some sentences are the same on both sides; the tablet keeps those because they are its own.
    expect(longWordsOf(deskWords).filter((words) => isKept(words) && !own.includes(words))).toEqual([])
  })
})

describe('a worker that reaches the vault', () => {
  const copy = copyTree([])

  afterAll(() => {
    copy.remove()
  })

  it('is seen by its module list', async () => {
    copy.plant('src/offline/vault/key.ts', 'export const key = () => globalThis.location\n')
    copy.plant('src/offline/outbox/queue.ts', "import { key } from '../vault/key.ts'\nexport const queue = () => key()\n")
    copy.plant('src/sw/sw.ts', "import { queue } from '../offline/outbox/queue.ts'\nself.addEventListener('sync', () => queue())\n")

    const found = await buildWorker({ root: copy.root, entry: 'src/sw/sw.ts', outDir: join(copy.root, 'out'), out: 'sw.js', precache: [], define: {} })

    expect(forbidden(found)).toEqual(['src/offline/vault/key.ts'])
  })
})

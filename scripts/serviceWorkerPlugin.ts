// Builds the service worker after the app and hands it the list of files to keep.
//
// Promises: the list holds exactly what the tablet's page can come to need, found by following every mention of a built
// file from index.html on (chunks, styles, fonts, icons, module workers); nothing that only the officers' desk reaches;
// no file above the size cap. Every file stands there with the hash of its bytes, and the release is named after the list:
// another byte anywhere makes another release. It never guesses by folder, so a new chunk of the desk cannot land on a tablet.
// The names of the modules inside the built worker are written beside the web folder, for the architecture test.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import type { Plugin } from 'vite'
import { afterBuild, bundleScript, type ScriptBuild } from './afterBuild.ts'

export interface PrecacheEntry {
  readonly url: string
  readonly revision: string | null
  readonly integrity: string
}

export interface WorkerBuild extends ScriptBuild {
  readonly precache: readonly PrecacheEntry[]
}

export interface ServiceWorkerOptions {
  readonly entry: string
  readonly out: string
  readonly page: string
  readonly never: readonly string[]
  readonly maxFileBytes: number
  readonly define: Readonly<Record<string, string>>
  readonly changes?: () => Plugin[]
}

/** Beside the web folder, so that it is never served. */
const MODULES_FILE = 'sw-modules.json'
const HASHED = /^assets\/.+-[\w-]{8,}\.\w+$/
const TEXT = /\.(?:html|js|css|webmanifest|json|svg)$/
const FONT = /\.(?:woff2?|ttf|otf|eot)$/
const FONT_KEPT = /(?:-vietnamese-|-latin-(?!ext)).*\.woff2$/

export function serviceWorker(options: ServiceWorkerOptions): Plugin {
  const { entry, out, define, changes = () => [] } = options
  return afterBuild('tiepsuc:service-worker', options.page, async (built) => {
    const precache = precacheList(built.outDir, options)
    const modules = await buildWorker({ ...built, entry, out, define, changes, precache })
    writeFileSync(join(dirname(built.outDir), MODULES_FILE), `${JSON.stringify({ entry, modules, precache }, null, 2)}\n`)
  })
}

/** Every file the page can come to need, with a revision where the name does not carry a hash. */
export function precacheList(outDir: string, options: Pick<ServiceWorkerOptions, 'page' | 'never' | 'out' | 'maxFileBytes'>): PrecacheEntry[] {
  const files = listFiles(outDir).filter((file) => file !== options.out && !file.endsWith('.map'))
  return [...reachable(outDir, files, options)].sort().map((url) => {
    const bytes = readFileSync(join(outDir, url))
    if (bytes.length > options.maxFileBytes) throw new Error(`precache: ${url} has ${String(bytes.length)} bytes, the cap is ${String(options.maxFileBytes)}`)
    const hash = createHash('sha256').update(bytes).digest()
    return { url, revision: HASHED.test(url) ? null : hash.toString('hex').slice(0, 16), integrity: `sha256-${hash.toString('base64')}` }
  })
}

/** A release is known by what it consists of. */
export function releaseName(precache: readonly PrecacheEntry[]): string {
  return createHash('sha256').update(JSON.stringify(precache)).digest('hex').slice(0, 16)
}

/** Bundles the worker, with the list of files to keep inside it; returns the modules it consists of. */
export async function buildWorker({ precache, define, ...job }: WorkerBuild): Promise<string[]> {
  const release = { 'self.__WB_MANIFEST': JSON.stringify(precache), 'self.__RELEASE__': JSON.stringify(releaseName(precache)) }
  return bundleScript({ ...job, define: { ...define, ...release } })
}

function reachable(outDir: string, files: readonly string[], options: Pick<ServiceWorkerOptions, 'page' | 'never'>): Set<string> {
  const wanted = files.filter((file) => !options.never.includes(file) && (!FONT.test(file) || FONT_KEPT.test(file)))
  const found = new Set<string>([options.page])
  const open = [options.page]
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (!TEXT.test(file)) continue
    const text = readFileSync(join(outDir, file), 'utf8')
    for (const other of wanted) {
      if (found.has(other) || !text.includes(mentionOf(other))) continue
      found.add(other)
      open.push(other)
    }
  }
  return found
}

/** How another file names this one: hashed names are unique by themselves, others by their whole path. */
function mentionOf(file: string): string {
  return HASHED.test(file) ? basename(file) : file
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(slashes)
    .filter((file) => statSync(join(folder, file)).isFile())
}

function slashes(path: string): string {
  return path.split(sep).join('/')
}

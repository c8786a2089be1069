/**
 * The recovery page: a page of its own beside the app, for a release that does not start and a database that does not open.
 * It shares no built file with the app, needs no worker and no key, and deletes nothing.
 */
import { exportHolding, readHolding, sendHolding, type EmergencyPorts, type Holding } from '../offline/emergency/emergency.ts'
import { makeHttp } from '../offline/http.ts'
import { makeLedger } from '../offline/ledger.ts'
import { makeMirrorReader } from '../offline/outbox/mirror.ts'
import { overHttp } from '../offline/outbox/overHttp.ts'
import { makePartStore } from '../offline/outbox/parts.ts'
import { makeClock, timers } from '../offline/platform.ts'
import { readDatabase, readFreshPart } from './database.ts'
import { say, type Locale, type Word } from './words.ts'

type Line = readonly [Word, Readonly<Record<string, string | number>>?]

const root = (): Promise<FileSystemDirectoryHandle> => navigator.storage.getDirectory()
const http = makeHttp({ fetch: (url, init) => fetch(url, init), timers, clock: makeClock(() => Date.now()), origin: location.origin })
let [locale, busy] = [keptLocale(), false]
let holding: Holding | null = null
let status: readonly Line[] = [['looking']]
let about: readonly Line[] = []

const files = makePartStore(root)
const ports: EmergencyPorts = {
  mirror: makeMirrorReader(root),
  parts: { read: async (name) => (await files.read(name)) ?? readFreshPart(indexedDB, name) },
  ledger: makeLedger(caches),
  transport: overHttp(http),
  async more() {
    const rows = await readDatabase(indexedDB)
    if (rows === null) about = [['noDatabase']]
    return rows ?? []
  },
}

function keptLocale(): Locale {
  try {
    return localStorage.getItem('tiepsuc.locale') === 'en' ? 'en' : 'vi'
  } catch {
    // Storage of settings is blocked; the page speaks Vietnamese.
    return 'vi'
  }
}

const part = (id: string): HTMLElement => document.getElementById(id) ?? document.body

function show(): void {
  const count = holding?.sealed.length ?? 0
  document.documentElement.lang = locale
  document.title = `${say(locale, 'title')} · Tiếp Sức`
  for (const id of ['title', 'lead', 'send', 'export', 'app', 'language', 'list'] as const) part(id).textContent = say(locale, id)
  part('language').lang = locale === 'vi' ? 'en' : 'vi'
  for (const id of ['send', 'export']) {
    part(id).hidden = count === 0
    part(id).setAttribute('aria-disabled', String(busy))
  }
  part('status').replaceChildren(...[...about, ...status].map(([word, put]) => element('p', say(locale, word, put))))
  part('listed').hidden = count === 0
  const at = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' })
  const rows = (holding?.sealed ?? []).map(({ localCode, queuedAt, parts }) => {
    const facts = [localCode, say(locale, 'finalisedAt', { at: at.format(new Date(queuedAt)) }), ...(parts.length > 0 ? [say(locale, 'photos')] : [])]
    return element('li', facts.join(' · '))
  })
  part('items').replaceChildren(...rows)
}

function element(name: 'p' | 'li', text: string): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  return made
}

function tell(...lines: readonly Line[]): void {
  status = lines
  show()
}

async function look(): Promise<void> {
  holding = await readHolding(ports)
  const { sealed, unreadable } = holding
  const bad: Line[] = unreadable > 0 ? [['unreadable', { n: unreadable }]] : []
  tell(sealed.length === 0 ? ['none'] : ['found', { n: sealed.length }], ...bad)
}

async function send(found: Holding): Promise<void> {
  const n = found.sealed.length
  const sent = await sendHolding(ports, found, (done) => tell(['sending', { done, n }]))
  if (!sent.ok) {
    tell(['noKeys'])
    return
  }
  const kinds = ['complete', 'received', 'refused', 'failed'] as const
  tell(...kinds.filter((kind) => sent.value[kind] > 0).map((kind): Line => [kind, { n: sent.value[kind] }]))
}

async function exportFiles(found: Holding): Promise<void> {
  const files = await exportHolding(ports, found)
  const day = new Date().toISOString().slice(0, 10)
  for (const [at, file] of files.entries()) {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(file)
    link.download = `tiepsuc-${day}-${String(at + 1)}-of-${String(files.length)}.ndjson`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }
  tell(['exported', { n: files.length }])
}

/** One thing at a time; whatever goes wrong is said in plain words. */
function does(work: (found: Holding) => Promise<void>): () => void {
  return () => {
    if (busy || holding === null) return
    busy = true
    work(holding)
      .catch(() => tell(['broken']))
      .finally(() => {
        busy = false
        show()
      })
  }
}

part('send').addEventListener('click', does(send))
part('export').addEventListener('click', does(exportFiles))
part('language').addEventListener('click', () => {
  locale = locale === 'vi' ? 'en' : 'vi'
  show()
})
show()
look().catch(() => tell(['broken']))

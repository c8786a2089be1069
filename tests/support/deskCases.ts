/** Makers for the desk: a case as the office answers, an office that answers from a table, a desk in memory. */
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import type { Component } from 'vue'
import { createMemoryHistory, type Router } from 'vue-router'
import type { CaseFile, CaseRow } from '../../core/wire/desk.ts'
import { openDeskApi } from '../../desk/api.ts'
import { makeRouter } from '../../desk/router.ts'
import { deskKey, makeDesk, type Desk } from '../../desk/session.ts'
import { deskWords } from '../../src/i18n/deskWords.ts'
import { createTexts } from '../../src/i18n/texts.ts'
import { birth, anId } from './office.ts'
import { birthAnswers, birthPack, birthTexts } from './packs.ts'

/** 24 November 2026, 10:00 in Huế. */
export const deskNow = Date.parse('2026-11-24T03:00:00Z')

export function aCaseRow(changes: Partial<CaseRow> = {}): CaseRow {
  return {
    id: anId(),
    localCode: 'TN-03-261124-001K',
    pack: birth,
    procedure: 'Thủ tục đăng ký khai sinh',
    procedureNames: { vi: 'Thủ tục đăng ký khai sinh', en: 'Birth registration' },
    subject: 'Nguyễn Đình Minh An',
    status: 'beingChecked',
    marks: [],
    receivedAt: '2026-11-24T01:20:00.000Z',
    tablet: '03',
    volunteer: 'Trần Thị Hòa',
    officialCode: null,
    resultOn: null,
    ...changes,
  }
}

export function aCaseFile(changes: Partial<CaseFile> & { answers?: Record<string, unknown> } = {}): CaseFile {
  const { answers, ...rest } = changes
  return {
    case: aCaseRow(),
    application: {
      answers: { ...birthAnswers(), ...answers },
      papers: { toKhai: 'have' },
      startedAt: '2026-11-24T01:00:00.000Z',
      finalisedAt: '2026-11-24T01:10:00.000Z',
      inReplyTo: null,
    },
    trouble: null,
    problems: [],
    pack: { content: birthPack(), texts: { vi: birthTexts('vi'), en: birthTexts('en') } },
    badge: { name: 'Trần Thị Hòa', number: 'TNV-001', state: 'valid' },
    expected: { resultOn: '2026-11-25', calendarConfirmed: true },
    digest: 'A'.repeat(43),
    sequence: 1,
    parts: { announced: 0, missing: 0 },
    photos: [],
    disputes: [],
    events: [aCaseEvent()],
    ...rest,
  }
}

/** The first event of a case, but for the changes. */
export const aCaseEvent = (changes: Partial<CaseFile['events'][number]> = {}): CaseFile['events'][number] => ({
  seq: 1,
  kind: 'received',
  at: '2026-11-24T01:20:00.000Z',
  by: null,
  note: null,
  code: null,
  resultOn: null,
  papers: [],
  ...changes,
})

export interface Asked {
  readonly method: string
  readonly path: string
  readonly body: unknown
}

export type Answers = Readonly<Record<string, (body: unknown) => Response>>

/** A fetch that answers from a table of `METHOD /path` (without query) and writes down what it was asked. */
export function anOfficeOf(answers: Answers): { send: typeof fetch; asked: Asked[] } {
  const asked: Asked[] = []
  const send: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, 'http://office.test')
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : null
    const method = init?.method ?? 'GET'
    asked.push({ method, path: url.pathname + url.search, body })
    const answer = answers[`${method} ${url.pathname}`]
    return answer === undefined ? problemAnswer('notFound', 404) : answer(body)
  }
  return { send, asked }
}

export const jsonAnswer = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

export const problemAnswer = (kind: string, status: number): Response =>
  new Response(JSON.stringify({ type: `urn:tiepsuc:problem:${kind}`, title: kind, status }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  })

/** The word that a browser keeps for the desk across reloads. */
export interface KeptWord {
  owed: boolean
}

/** A desk over `answers`, with nobody signed in. `saved` and `ended` tell what it did to the outside. */
export function aDesk(answers: Answers, kept: KeptWord = { owed: false }) {
  const office = anOfficeOf(answers)
  const seen = { ended: 0, saved: [] as string[], printed: 0 }
  const desk: Desk = makeDesk(
    {
      api: openDeskApi(office.send, () => {
        seen.ended += 1
      }),
      now: () => deskNow,
      every: () => () => undefined,
      saveFile: (_name, text) => seen.saved.push(text),
      copy: () => Promise.resolve(),
      print: () => {
        seen.printed += 1
      },
      setTheme: () => undefined,
      owesSignOut: () => kept.owed,
      oweSignOut: (owed) => {
        kept.owed = owed
      },
    },
    { ticket: null, theme: 'auto' },
  )
  return { desk, seen, asked: office.asked }
}

/** A component inside a desk. */
export function mountAtDesk(component: Component, desk: Desk, props: Record<string, unknown> = {}): { page: VueWrapper; router: Router } {
  const router = makeRouter(desk, createMemoryHistory())
  const page = mount(component, {
    props,
    attachTo: document.body,
    global: { plugins: [router, createTexts({ words: deskWords, locale: 'vi' })], provide: { [deskKey]: desk } },
  })
  return { page, router }
}

/** Presses the button with these words, and waits until what it asked the office for is shown. */
export async function press(page: VueWrapper, words: string): Promise<void> {
  const button = page.findAll('button').find((one) => one.text() === words)
  if (button === undefined) throw new Error(`no button ${words}`)
  await button.trigger('click')
  await flushPromises()
}

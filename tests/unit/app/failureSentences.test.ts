import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { failures, isFailureKind, type FailureKind } from '../../../core/failures.ts'
import { sharedWords } from '../../../src/i18n/sharedWords.ts'
import FailureNote from '../../../src/pages/parts/FailureNote.vue'
import OutboxItem from '../../../src/pages/parts/OutboxItem.vue'
import TabletState from '../../../src/pages/parts/TabletState.vue'
import TabletWarnings from '../../../src/pages/parts/TabletWarnings.vue'
import type { OutboxItemView } from '../../../src/stores/tablet.ts'
import { aDevice, anId, anOutbox, aPackRef } from '../../support/screens/fakeTablet.ts'
import { screenApp, settle, type ScreenApp } from '../../support/screens/screenApp.ts'

const kinds = Object.keys(failures).filter(isFailureKind)
const locales = ['vi', 'en'] as const

const anItem = (over: Partial<OutboxItemView> = {}): OutboxItemView => ({
  id: anId(), localCode: 'TN-03-261124-001A', pack: aPackRef(), state: 'queued', queuedAt: '2026-11-24T02:00:00.000Z', keyEnded: false, gone: false, note: null, reason: null, exportedAt: null, sizeBytes: 13_000, ...over,
})

/** What the item says, in one language. */
async function said(app: ScreenApp, item: OutboxItemView, locale: 'vi' | 'en'): Promise<string> {
  app.texts.setLocale(locale)
  const page = mount(OutboxItem, { props: { item }, global: app.global })
  await settle()
  const text = page.text()
  page.unmount()
  return text
}

describe('the sentences of every failure', () => {
  const isSentence = (text: string, kind: string): boolean => /^\p{Lu}.{7,}[.!]$/u.test(text.trim()) && !text.includes('{') && text !== kind && !text.includes('failures.')

  it.each(locales)('say in %s what happened and what to do, in whole sentences', (locale) => {
    const words = sharedWords[locale].failures

    expect(kinds.filter((kind) => !isSentence(words[kind].text, kind))).toEqual([])
    expect(kinds.filter((kind) => !isSentence(words[kind].act, kind) || words[kind].act === words[kind].text)).toEqual([])
  })

  it('are really translated', () => {
    const { vi, en } = sharedWords
    expect(kinds.filter((kind) => vi.failures[kind].text === en.failures[kind].text || vi.failures[kind].act === en.failures[kind].act)).toEqual([])
  })

  it('tell failures apart', () => {
    for (const locale of locales) {
      const texts = kinds.map((kind) => sharedWords[locale].failures[kind].text)
      expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([])
    }
  })

  it('stand on the page where it happened', () => {
    const app = screenApp()
    for (const locale of locales) {
      app.texts.setLocale(locale)
      for (const kind of kinds) {
        const page = mount(FailureNote, { props: { failure: { kind } }, global: app.global })
        expect(page.get('[role=alert]').text()).toBe(`${sharedWords[locale].failures[kind].text}${sharedWords[locale].failures[kind].act}`)
        page.unmount()
      }
    }
  })
})

describe('an item of the outbox', () => {
  const { vi, en } = sharedWords

  it('that waits says nothing that the page says for all', async () => {
    const text = await said(screenApp(), anItem(), 'vi')

    expect(text).toContain(vi.states.onlyHere.name)
    expect(text).not.toContain(vi.states.queued.line)
    expect(text).not.toContain(vi.states.onlyHere.line)
  })

  it.each(kinds)('that was put off for %s says why, what to do and when it is tried again', async (kind: FailureKind) => {
    const app = screenApp()
    const item = anItem({ note: { kind, attempts: 4, nextAt: '2026-11-24T07:20:00.000Z' } })

    const [vietnamese, english] = [await said(app, item, 'vi'), await said(app, item, 'en')]

    expect(vietnamese).toContain(vi.failures[kind].text)
    expect(vietnamese).toContain(vi.failures[kind].act)
    expect(vietnamese).toContain('Đã thử 4 lần, lần tới lúc 14:20.')
    expect(english).toContain(en.failures[kind].text)
    expect(english).toContain('Tried 4 times, next at 14:20.')
  })

  it('that was refused says that the original is whole and whom to ask', async () => {
    const text = await said(screenApp(), anItem({ state: 'refused', reason: 'headerMismatch' }), 'vi')

    expect(text).toContain(vi.states.refused.name)
    expect(text).toContain('Bản gốc còn nguyên trên máy. Xin đừng khai lại; đọc mã tạm cho cán bộ và nhờ xem giúp.')
  })

  it('that is disputed says that both are kept, that the other cannot be seen here, and whom to ask', async () => {
    const text = await said(screenApp(), anItem({ state: 'disputed', reason: 'idTaken' }), 'vi')

    expect(text).toContain('Cả hai gói đều được giữ, không mất gì.')
    expect(text).toContain('Máy này không xem được gói kia: xin đọc mã tạm cho cán bộ để cán bộ đối chiếu.')
  })

  it.each(['refused', 'disputed'] as const)('that is %s for a reason of a later version still says what to do', async (state) => {
    const app = screenApp()

    expect(await said(app, anItem({ state, reason: 'somethingNew' }), 'vi')).toContain(vi.states[state].line)
    expect(await said(app, anItem({ state, reason: null }), 'en')).toContain(en.states[state].line)
  })
})

describe('the whole tablet', () => {
  async function saidOfAll(app: ScreenApp): Promise<string> {
    const pages = [TabletState, TabletWarnings].map((part) => mount(part, { global: app.global }))
    await settle()
    const text = pages.map((page) => page.text()).join(' ')
    for (const page of pages) page.unmount()
    return text
  }
  const onlyHere = { items: [anItem()], onlyHere: 1, oldestOnlyHereAt: '2026-11-24T02:00:00.000Z' }
  const times = (text: string, words: string): number => text.split(words).length - 1

  it('that was revoked says once what to do, and does not promise to send', async () => {
    const app = screenApp()
    app.tablet.set.device(aDevice({ state: 'revoked' }))
    app.tablet.set.outbox(anOutbox({ ...onlyHere, road: 'paused', pausedBecause: 'deviceRevoked' }))

    const text = await saidOfAll(app)

    expect(times(text, sharedWords.vi.failures.deviceRevoked.text)).toBe(1)
    expect(text).toContain('mang máy đến gặp cán bộ')
    expect(text).not.toContain('Máy tự gửi')
  })

  it('whose office was put back says calmly what goes again, then that it is back, and plainly what nobody has any more', async () => {
    const app = screenApp()
    const restored = { noticedAt: new Date().toISOString(), waiting: 3, back: 0, gone: [] }
    app.tablet.set.outbox(anOutbox({ ...onlyHere, restored }))
    const during = await saidOfAll(app)
    app.tablet.set.outbox(anOutbox({ restored: { ...restored, waiting: 0, back: 3 } }))
    const afterwards = await saidOfAll(app)
    app.tablet.set.outbox(anOutbox({ restored: { ...restored, waiting: 0, gone: ['TN-03-261124-7'] } }))
    const lost = await saidOfAll(app)

    expect(during).toContain('3 hồ sơ đang được gửi lại về Trung tâm')
    expect(during).toContain('Không mất gì cả')
    expect(afterwards).toContain('3 hồ sơ mà Trung tâm bị mất đã được gửi lại và nằm an toàn ở đó')
    expect(lost).toContain('TN-03-261124-7')
    expect(lost).not.toContain('Mọi hồ sơ đã hoàn tất đều đã về Trung tâm an toàn')
  })

  it('that a restored office has forgotten is to be enrolled again, and loses nothing', async () => {
    const app = screenApp()
    app.tablet.set.device(aDevice({ refusal: 'notSignedIn' }))
    app.tablet.set.outbox(anOutbox({ ...onlyHere, restored: { noticedAt: new Date().toISOString(), waiting: 1, back: 0, gone: [] } }))

    const page = mount(TabletWarnings, { global: { ...app.global, stubs: { AppLink: true } } })
    await settle()
    expect(page.text()).toContain('không còn nhận ra máy này')
    page.unmount()
  })

  it('that holds only refused applications does not promise to send them', async () => {
    const app = screenApp()
    app.tablet.set.outbox(anOutbox({ ...onlyHere, items: [anItem({ state: 'refused', reason: 'headerMismatch' })] }))

    const text = await saidOfAll(app)

    expect(text).toContain('1 hồ sơ cần người xem')
    expect(text).not.toContain('Máy tự gửi')
  })

  it('says what the banner says only when the banner says something else', async () => {
    const app = screenApp()
    app.tablet.set.outbox(anOutbox({ ...onlyHere, road: 'portal' }))

    expect(await saidOfAll(app)).not.toContain('Wi-Fi')
  })
})

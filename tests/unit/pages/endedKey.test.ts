// A tablet that was revoked and enrolled anew: what its old key sealed comes in by hand only, and nothing else is held up.
import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import App from '../../../src/App.vue'
import { en } from '../../../src/i18n/en.ts'
import { vi } from '../../../src/i18n/vi.ts'
import { makeRouter } from '../../../src/router.ts'
import type { OutboxItemView, OutboxView } from '../../../src/offline/tablet.ts'
import { aDevice, aPackRef, anId, anOutbox } from '../../support/screens/fakeTablet.ts'
import { screenApp } from '../../support/screens/screenApp.ts'

const item = (end: string, over: Partial<OutboxItemView> = {}): OutboxItemView => ({
  ...{ id: anId(end), localCode: `TN-03-261124-${end}`, pack: aPackRef(), state: 'queued', queuedAt: `2026-11-24T02:00:00.${end}Z`, keyEnded: false, gone: false },
  ...{ note: null, reason: null, exportedAt: null, sizeBytes: 4000, ...over },
})
const ended = item('900', { keyEnded: true })

/** The page "To send" of an active tablet. */
async function saidOf(items: OutboxItemView[], over: Partial<OutboxView> = {}, locale: 'vi' | 'en' = 'vi') {
  const screen = screenApp()
  screen.texts.setLocale(locale)
  screen.tablet.set.device(aDevice({ state: 'active' }))
  screen.tablet.set.outbox(anOutbox({ items, onlyHere: items.length, oldestOnlyHereAt: items[0]?.queuedAt ?? null, ...over }))
  const router = makeRouter(screen.texts, createMemoryHistory())
  await router.push('/outbox')
  const page = mount(App, { global: { ...screen.global, plugins: [...screen.global.plugins, router] }, attachTo: document.body })
  await expect.poll(async () => {
    await flushPromises()
    return page.findAll('[data-testid^=item-]').length
  }, { timeout: 20_000 }).toBe(items.length)
  const said = { text: page.text(), codes: page.findAll('[data-testid^=item-] .number').map((code) => code.text()) }
  page.unmount()
  return said
}

describe('an application of a key that the office has ended', () => {
  it.each([['vi', vi], ['en', en]] as const)('says in %s why it cannot be sent, where its file is made, and that the outcomes file is to come back', async (locale, words) => {
    const { text } = await saidOf([ended], {}, locale)

    expect(text).toContain(words.tablet.outbox.keyEnded)
    expect(text).toContain(words.tablet.outbox.keyEndedAct)
    expect(text).toContain(words.tablet.carrier.exportTitle)
    expect(text).toContain(words.tablet.carrier.bringTitle)
  })

  it('stands before what goes by itself, and counts as one that needs a person', async () => {
    const { text, codes } = await saidOf([item('001'), ended])

    expect(codes).toEqual([ended.localCode, item('001').localCode])
    expect(text).toContain('1 hồ sơ cần người xem')
    expect(text).toContain(vi.tablet.state.onlyHereLine)
  })

  it('makes nobody say that the tablet may not send, or that it sends this one', async () => {
    const { text } = await saidOf([ended], { road: 'paused', pausedBecause: 'deviceRevoked', lastReachedAt: '2026-11-24T03:00:00.000Z' })

    for (const untrue of [vi.failures.deviceRevoked.text, vi.failures.deviceRevoked.act, vi.tablet.road.paused, vi.tablet.state.onlyHereLine, vi.common.sendNow]) expect(text).not.toContain(untrue)
    expect(text).toContain(vi.tablet.state.onlyHereKeepLine)
  })
})

it('a pause that is about the present key is still said', async () => {
  const { text } = await saidOf([item('001'), ended], { road: 'paused', pausedBecause: 'deviceRevoked' })

  expect(text).toContain(vi.failures.deviceRevoked.text)
})

// An office that was put back from a backup has lost an application, and the tablet had given up its bytes: only people can help.
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import App from '../../../src/App.vue'
import { en } from '../../../src/i18n/en.ts'
import { vi } from '../../../src/i18n/vi.ts'
import { shownState } from '../../../src/pages/parts/rowTexts.ts'
import { makeRouter } from '../../../src/router.ts'
import type { CaseView, OutboxItemView } from '../../../src/offline/tablet.ts'
import { aCase, aPackRef, aVolunteer, anId, anOutbox } from '../../support/screens/fakeTablet.ts'
import { screenApp } from '../../support/screens/screenApp.ts'

const item: OutboxItemView = {
  ...{ id: anId(), localCode: 'TN-03-261124-001A', pack: aPackRef(), state: 'complete', queuedAt: '2026-11-24T02:00:00.000Z', keyEnded: false, gone: true },
  ...{ note: null, reason: null, exportedAt: null, sizeBytes: 4000 },
}
const answered: Partial<CaseView> = { status: 'accepted', changedAt: '2026-11-24T03:00:00.000Z', officialCode: 'H57.45-261124-0007' }

async function saidAt(path: string, locale: 'vi' | 'en', over: Partial<CaseView> = {}): Promise<string> {
  const screen = screenApp()
  screen.texts.setLocale(locale)
  screen.tablet.set.who(aVolunteer())
  screen.tablet.set.outbox(anOutbox({ items: [item] }))
  screen.tablet.set.cases([aCase({ gone: true, ...over })])
  const router = makeRouter(screen.texts, createMemoryHistory())
  await router.push(path)
  const page = mount(App, { global: { ...screen.global, plugins: [...screen.global.plugins, router] }, attachTo: document.body })
  await expect.poll(async () => {
    await flushPromises()
    return page.text().includes(item.localCode)
  }, { timeout: 20_000 }).toBe(true)
  const said = page.get('main').text()
  page.unmount()
  return said
}

afterEach(() => {
  document.body.replaceChildren()
})

describe('an application that is nowhere any more', () => {
  it.each([
    ...(['/outbox', `/done/${item.id}`, `/cases/${item.id}`] as const).flatMap((path) => [['vi', path, vi] as const, ['en', path, en] as const]),
  ])('is never called safe: in %s at %s it says that the Centre has lost it', async (locale, path, { states }) => {
    const said = await saidAt(path, locale)

    expect(said).toContain(states.gone.line)
    expect(said).not.toContain(states.complete.name)
    expect(said).not.toContain(states.complete.line)
  })

  it('says so also of one that was answered before, beside what the officer said then', async () => {
    const said = await saidAt(`/cases/${item.id}`, 'vi', answered)

    expect(said).toContain(vi.states.gone.line)
    expect(said).toContain(vi.states.accepted.name)
    expect(said).toContain('H57.45-261124-0007')
    expect(shownState(aCase({ ...answered, gone: true }))).toBe('gone')
  })
})

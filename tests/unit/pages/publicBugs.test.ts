/** Faults that other systems of this field had in public on their screens, each under the name it is known by there. */
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import { ok } from '../../../core/result.ts'
import App from '../../../src/App.vue'
import { controlId } from '../../../src/forms/fieldView.ts'
import { vi } from '../../../src/i18n/vi.ts'
import type { OutboxItemView } from '../../../src/offline/tablet.ts'
import TabletState from '../../../src/pages/parts/TabletState.vue'
import TabletTag from '../../../src/pages/parts/TabletTag.vue'
import { makeRouter } from '../../../src/router.ts'
import { birthContent } from '../../support/screens/birth.ts'
import { aDraft, aPackRef, aVolunteer, anId, anOutbox } from '../../support/screens/fakeTablet.ts'
import { screenApp } from '../../support/screens/screenApp.ts'

const { nothingHere, nothingHereLine } = vi.tablet.state

const item = (state: OutboxItemView['state'], end: string): OutboxItemView => ({
  id: anId(end), localCode: `TN-03-261124-${end}`, pack: aPackRef(), state, queuedAt: '2026-11-24T02:00:00.000Z', keyEnded: false, gone: false, note: null, reason: null, exportedAt: null, sizeBytes: 4000,
})

/** What the two places that speak of the whole tablet say of an outbox. */
async function wordsOf(items: OutboxItemView[], onlyHere: number): Promise<{ note: string; tag: string }> {
  const screen = screenApp()
  screen.texts.setLocale('vi')
  screen.tablet.set.outbox(anOutbox({ items, onlyHere, oldestOnlyHereAt: onlyHere === 0 ? null : '2026-11-24T02:00:00.000Z' }))
  const [note, tag] = [mount(TabletState, { global: screen.global }), mount(TabletTag, { global: screen.global })]
  await flushPromises()
  return { note: note.text(), tag: tag.text() }
}

it('a tablet says that all is at the office only when it is, and otherwise how many are not (cht-core #8202)', async () => {
  const waiting = await wordsOf([item('queued', '001'), item('complete', '002')], 1)
  const withPhotosLeft = await wordsOf([item('received', '001'), item('complete', '002')], 0)
  const done = await wordsOf([item('complete', '001'), item('complete', '002')], 0)

  expect(waiting.tag).toBe('1 hồ sơ chỉ có trên máy này')
  expect(withPhotosLeft).toMatchObject({ tag: '1 hồ sơ còn ảnh chưa gửi xong', note: expect.stringContaining(vi.tablet.state.photosHereLine) as string })
  expect([waiting.note, withPhotosLeft.note].filter((said) => said.includes(nothingHereLine))).toEqual([])
  expect(done).toMatchObject({ tag: nothingHere, note: expect.stringContaining(nothingHereLine) as string })
})

it('going straight from one citizen’s draft to another’s saves the first and shows nothing of it (enketo-express #220)', { timeout: 60_000 }, async () => {
  const screen = screenApp()
  const [first, second] = [anId('001'), anId('002')]
  const names = new Map([[first, 'Trần Văn Một'], [second, 'Lê Thị Hai']])
  screen.tablet.set.packs([birthContent()])
  screen.tablet.set.who(aVolunteer())
  Object.assign(screen.tablet.drafts, {
    open: (id: typeof first) => {
      const draft = aDraft()
      return Promise.resolve(ok({ ...draft, id, content: { ...draft.content, answers: { 'nyc.hoTen': names.get(id) }, touched: ['nyc.hoTen'] } }))
    },
  })
  const router = makeRouter(screen.texts, createMemoryHistory())
  await router.push(`/drafts/${first}/sections/nguoiYeuCau`)
  const page = mount(App, { global: { ...screen.global, plugins: [...screen.global.plugins, router] }, attachTo: document.body })
  const name = (): string | undefined => page.find<HTMLInputElement>(`#${controlId('nyc.hoTen')}`).element.value
  const shown = { timeout: 20_000 }
  await expect.poll(() => page.html().includes(controlId('nyc.hoTen')), shown).toBe(true)
  const before = name()
  await page.get(`#${controlId('nyc.hoTen')}`).setValue('Trần Văn Mốt')

  await router.push(`/drafts/${second}/sections/nguoiYeuCau`)
  await expect.poll(name, shown).toBe('Lê Thị Hai')

  expect([before, page.html().includes('Trần Văn')]).toEqual(['Trần Văn Một', false])
  expect(screen.tablet.saves.map(({ content }) => content.answers['nyc.hoTen'])).toEqual(['Trần Văn Mốt'])
  page.unmount()
})

/** Faults that other systems of this field had in public on their screens, each under the name it is known by there. */
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { vi } from '../../../src/i18n/vi.ts'
import type { OutboxItemView } from '../../../src/offline/tablet.ts'
import TabletState from '../../../src/pages/parts/TabletState.vue'
import TabletTag from '../../../src/pages/parts/TabletTag.vue'
import { aPackRef, anId, anOutbox } from '../../support/screens/fakeTablet.ts'
import { screenApp } from '../../support/screens/screenApp.ts'

const { nothingHere, nothingHereLine } = vi.tablet.state

const item = (state: OutboxItemView['state'], end: string): OutboxItemView => ({
  id: anId(end), localCode: `TN-03-261124-${end}`, pack: aPackRef(), state, queuedAt: '2026-11-24T02:00:00.000Z', note: null, reason: null, exportedAt: null, sizeBytes: 4000,
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

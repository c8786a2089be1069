import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { vi } from '../../../src/i18n/vi.ts'
import FoundDamage from '../../../src/pages/parts/FoundDamage.vue'
import { aDevice } from '../../support/screens/fakeTablet.ts'
import { screenApp } from '../../support/screens/screenApp.ts'

const finding = { foundAt: '2026-11-24T02:00:00.000Z', restored: 0, drafts: 0, applications: 1, volunteers: 0, unreadable: [], keyLost: false, readAt: null }

it('a loss is told with the number of the tablet, and never beside a sentence that everything is safe', async () => {
  const screen = screenApp()
  screen.texts.setLocale('vi')
  screen.tablet.set.device(aDevice({ number: '07' }))
  screen.tablet.set.findings([finding])
  const page = mount(FoundDamage, { global: screen.global })
  await flushPromises()

  expect(page.text()).toContain('Nhiều nhất 1 hồ sơ đã niêm phong')
  expect(page.text()).toContain('đây là máy số 07')
  expect(page.text()).not.toContain(vi.tablet.state.nothingHereLine)
})

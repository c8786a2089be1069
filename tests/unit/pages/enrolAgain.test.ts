// Who may enrol: the page asks for a code whenever one would help, and for nothing when it would not.
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import App from '../../../src/App.vue'
import { vi } from '../../../src/i18n/vi.ts'
import type { DeviceView } from '../../../src/offline/tablet.ts'
import { makeRouter } from '../../../src/router.ts'
import { aDevice } from '../../support/screens/fakeTablet.ts'
import { screenApp } from '../../support/screens/screenApp.ts'

const { code, waitingTitle } = vi.tablet.enrol

it.each([
  ['waits for an officer', { state: 'waiting' }, { asksForCode: false, waits: true }],
  ['waits, and was forgotten by an office that was put back', { state: 'waiting', refusal: 'notSignedIn' }, { asksForCode: true, waits: false }],
  ['was revoked', { state: 'revoked' }, { asksForCode: true, waits: false }],
  ['was forgotten', { state: 'active', refusal: 'notSignedIn' }, { asksForCode: true, waits: false }],
  ['is enrolled', { state: 'active' }, { asksForCode: false, waits: false }],
] as const satisfies readonly (readonly [string, Partial<DeviceView>, object])[])('a tablet that %s', async (_, change, shown) => {
  const screen = screenApp()
  screen.texts.setLocale('vi')
  screen.tablet.set.device(aDevice(change))
  const router = makeRouter(screen.texts, createMemoryHistory())
  await router.push('/enrol')
  const page = mount(App, { global: { ...screen.global, plugins: [...screen.global.plugins, router] }, attachTo: document.body })

  await expect.poll(async () => {
    await flushPromises()
    return { asksForCode: page.text().includes(code), waits: page.text().includes(waitingTitle) }
  }, { timeout: 20_000 }).toEqual(shown)
  page.unmount()
})

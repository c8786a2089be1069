import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import App from '../../../src/App.vue'
import { controlId } from '../../../src/forms/fieldView.ts'
import { makeRouter } from '../../../src/router.ts'
import { useSession } from '../../../src/stores/session.ts'
import { birthContent } from '../../support/screens/birth.ts'
import { aVolunteer } from '../../support/screens/fakeTablet.ts'
import { screenApp, type ScreenApp } from '../../support/screens/screenApp.ts'

let page: VueWrapper | undefined
afterEach(() => {
  page?.unmount()
  page = undefined
})

const choice = `#${controlId('loaiKhaiSinh')} input`
const answered = (shown: VueWrapper): boolean => shown.findAll<HTMLInputElement>(choice).some(({ element }) => element.checked)

/** A page of the tablet, open for a volunteer or locked. */
async function atPage(path: string, shows: string, open: boolean): Promise<{ screen: ScreenApp; shown: VueWrapper; pass: (ms: number) => Promise<void> }> {
  const screen = screenApp()
  screen.tablet.set.packs([birthContent()])
  if (open) screen.tablet.set.who(aVolunteer())
  const router = makeRouter(screen.texts, createMemoryHistory())
  await router.push(path)
  const shown = (page = mount(App, { global: { ...screen.global, plugins: [...screen.global.plugins, router] }, attachTo: document.body }))
  await expect.poll(() => shown.find(shows).exists(), { timeout: 20_000 }).toBe(true)
  async function pass(ms: number): Promise<void> {
    screen.outside.now += ms
    for (const tick of screen.outside.ticks) tick()
    await flushPromises()
  }
  return { screen, shown, pass }
}

async function atAnsweredPrecheck(open: boolean) {
  const at = await atPage('/procedures/1.001193/precheck', choice, open)
  await at.shown.find(choice).setValue(true)
  expect(answered(at.shown)).toBe(true)
  return at
}

it('the answers of a pre-check go when the tablet is locked', async () => {
  const { shown } = await atAnsweredPrecheck(true)

  await useSession().lock()
  await expect.poll(() => shown.find(choice).exists()).toBe(true)

  expect(answered(shown)).toBe(false)
})

it('the answers of a pre-check on a locked tablet go after the same time without a touch', async () => {
  const { shown, pass } = await atAnsweredPrecheck(false)
  await pass(115_000)
  document.dispatchEvent(new Event('pointerdown'))
  await pass(115_000)
  expect(answered(shown)).toBe(true)

  await pass(5_000)
  await expect.poll(() => shown.find(choice).exists()).toBe(true)

  expect(answered(shown)).toBe(false)
})

it('a passphrase half typed on a tablet that was put down goes too', async () => {
  const { shown, pass } = await atPage('/unlock', '#passphrase', false)
  await shown.find('#passphrase').setValue('mot hai')

  await pass(120_000)

  expect(shown.find<HTMLInputElement>('#passphrase').element.value).toBe('')
})

it('a badge that was fetched is not lost while its new passphrase is written down on paper', async () => {
  const { shown, pass } = await atPage('/badge', '#badge-code', false)
  await shown.find('#badge-code').setValue('7K3M-QX2R')

  await pass(120_000)

  expect(shown.find<HTMLInputElement>('#badge-code').element.value).toBe('7K3M-QX2R')
})

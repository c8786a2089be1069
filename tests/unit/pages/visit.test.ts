// One citizen after the other at the same table: what a page of the tablet takes along, and what it says.
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import App from '../../../src/App.vue'
import { vi } from '../../../src/i18n/vi.ts'
import { makeRouter } from '../../../src/router.ts'
import { useVisit } from '../../../src/stores/visit.ts'
import type { Facts } from '../../../core/procedure/facts.ts'
import type { Visit } from '../../../core/procedure/visit.ts'
import { ok } from '../../../core/result.ts'
import { birthContent, exampleAnswers } from '../../support/screens/birth.ts'
import { aDevice, aDraft, anId, aVolunteer } from '../../support/screens/fakeTablet.ts'
import { screenApp, type ScreenApp } from '../../support/screens/screenApp.ts'

const words = vi.tablet
let page: VueWrapper | undefined
afterEach(() => {
  page?.unmount()
  page = undefined
})

const told: Facts = { 'self.fullName': { value: 'Trần Thị Bé', origin: 'card' }, 'self.pid': { value: '046148000006', origin: 'card' }, 'self.phone': { value: '0905123456', origin: 'typed' } }
const aVisit = (over: Partial<Visit> = {}): Visit => ({ startedAt: '2026-11-24T06:00:00.000Z', facts: told, papers: [], applications: [anId()], ...over })

/** The app of an unlocked tablet in a visit, on a page. */
async function opens(path: string, visit: Visit): Promise<{ app: VueWrapper; screen: ScreenApp }> {
  const screen = screenApp()
  screen.texts.setLocale('vi')
  screen.tablet.set.device(aDevice())
  screen.tablet.set.who(aVolunteer())
  screen.tablet.set.packs([birthContent()])
  screen.tablet.set.visit(visit)
  screen.tablet.drafts.open = () => Promise.resolve(ok(aDraft({ content: { ...aDraft().content, answers: exampleAnswers('married-parents-on-time'), touched: ['nyc.hoTen'] } })))
  const router = makeRouter(screen.texts, createMemoryHistory())
  useVisit()
  await flushPromises()
  await router.push(path)
  const app = mount(App, { global: { ...screen.global, plugins: [...screen.global.plugins, router] }, attachTo: document.body })
  page = app
  return { app, screen }
}

async function press(app: VueWrapper, name: string, at = 0): Promise<void> {
  const named = () => app.findAll('button').filter((one) => one.text() === name)
  await expect.poll(async () => { await flushPromises(); return named().length }, { timeout: 20_000 }).toBeGreaterThan(at)
  await named()[at]?.trigger('click')
  await flushPromises()
}

/** Types a name on the visit's page, nothing else. */
async function types(app: VueWrapper, name: string): Promise<void> {
  await press(app, words.visit.scanAgain)
  await press(app, words.card.byHand)
  await app.find('#card-typed-name').setValue(name)
  await app.find('form[aria-labelledby=card-typed]').trigger('submit')
  await flushPromises()
}

describe('the page of a visit', () => {
  it('begins another visit when somebody else’s name is typed, keeps nothing of the person before, and says so', async () => {
    const { app } = await opens('/visit', aVisit())

    await types(app, 'Nguyễn Văn Bình')

    expect(app.find('h1').text()).toBe(words.visit.with.replace('{name}', 'Nguyễn Văn Bình'))
    expect(app.text()).toContain(words.visit.begun)
    expect(app.text()).not.toContain('046148000006')
    expect(useVisit().visit).toMatchObject({ facts: { 'self.fullName': { value: 'Nguyễn Văn Bình', origin: 'typed' } }, papers: [], applications: [] })
    expect(Object.keys(useVisit().visit?.facts ?? {})).toEqual(['self.fullName'])
  })

  it('goes on with the visit when the same person is told again, and says nothing of another', async () => {
    const { app } = await opens('/visit', aVisit())

    await types(app, 'Trần Thị Bé')

    expect(app.text()).not.toContain(words.visit.begun)
    expect(useVisit().visit).toMatchObject({ facts: { 'self.phone': { value: '0905123456' } }, applications: [anId()] })
  })
})

describe('a draft of the visit that is left', () => {
  it('tells what it knows of the people in it', async () => {
    const { app } = await opens(`/drafts/${anId()}`, aVisit({ facts: {} }))
    await press(app, words.form.review)

    await app.find('nav a[href="/"]').trigger('click')

    await expect.poll(() => Object.keys(useVisit().visit?.facts ?? {})).toContain('mother.fullName')
  })

  it('tells nothing when it was thrown away', async () => {
    const { app } = await opens(`/drafts/${anId()}`, aVisit({ facts: {} }))

    await press(app, words.form.discard)
    await press(app, words.form.discard, 1)

    await expect.poll(() => app.find('h1').text(), { timeout: 20_000 }).toBe(words.home.title)
    await flushPromises()
    expect(useVisit().visit).toMatchObject({ facts: {}, papers: [], applications: [] })
  })
})

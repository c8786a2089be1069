// The real pages of one birth registration, from the router down, over a fake tablet.
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { expect } from 'vitest'
import { createMemoryHistory, type Router } from 'vue-router'
import type { Answers } from '../../../core/procedure/answers.ts'
import { fieldsOf } from '../../../core/procedure/pack.ts'
import { relevantSections } from '../../../core/procedure/validate.ts'
import { ok } from '../../../core/result.ts'
import App from '../../../src/App.vue'
import { vi } from '../../../src/i18n/vi.ts'
import { makeRouter } from '../../../src/router.ts'
import { birthContent, birthProcedure, exampleAnswers } from './birth.ts'
import { aDraft, aVolunteer, anId } from './fakeTablet.ts'
import { screenApp, type ScreenApp } from './screenApp.ts'

export interface DraftPages extends ScreenApp {
  readonly page: VueWrapper
  readonly router: Router
  /** The first button of the foot: where the finger is. */
  readonly foot: () => HTMLButtonElement
  /** The page stands for a while, as before somebody who reads it. */
  readonly rest: () => Promise<void>
  readonly at: () => string
}

export const birthSections = (): string[] => relevantSections(birthProcedure().pack, whole(), { today: '2026-11-24' }).map(({ id }) => id)
export const whole = (): Answers => exampleAnswers('married-parents-on-time')
export const draftPath = `/drafts/${anId()}`

/** A draft with every answer of an example that is right, opened at `path`. */
export async function openDraftPages(path: string, prepare: (screen: ScreenApp) => void = () => undefined): Promise<DraftPages> {
  const screen = screenApp()
  screen.texts.setLocale('vi')
  screen.tablet.set.packs([birthContent()])
  screen.tablet.set.who(aVolunteer())
  const draft = aDraft()
  const touched = fieldsOf(birthProcedure().pack).map(({ id }) => id)
  screen.tablet.drafts.open = () => Promise.resolve(ok({ ...draft, content: { ...draft.content, answers: { ...whole() }, touched } }))
  prepare(screen)
  const router = makeRouter(screen.texts, createMemoryHistory())
  await router.push(path)
  const page = mount(App, { global: { ...screen.global, plugins: [...screen.global.plugins, router] }, attachTo: document.body })
  const shown = { timeout: 20_000 }
  await expect.poll(() => page.html().includes(vi.tablet.form.opening) || !page.find('main').exists(), shown).toBe(false)
  return {
    ...screen,
    page,
    router,
    foot: () => page.get<HTMLButtonElement>('.action-row button').element,
    at: () => router.currentRoute.value.path,
    async rest() {
      for (const tick of screen.outside.ticks) tick()
      await flushPromises()
    },
  }
}

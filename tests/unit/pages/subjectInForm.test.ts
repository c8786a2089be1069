/** For whom a case is, is answered in the form itself; the sections about that person and about who asks follow at once. */
import { flushPromises, mount } from '@vue/test-utils'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import { ok } from '../../../core/result.ts'
import type { PackRef } from '../../../core/ids.ts'
import App from '../../../src/App.vue'
import { controlId } from '../../../src/forms/fieldView.ts'
import { makeRouter } from '../../../src/router.ts'
import { useVisit } from '../../../src/stores/visit.ts'
import { readBlocks } from '../../../server/packs/blocks.ts'
import { expand } from '../../../server/packs/expand.ts'
import { aDraft, aVolunteer, anId } from '../../support/screens/fakeTablet.ts'
import { screenApp } from '../../support/screens/screenApp.ts'

const folder = 'procedures/1.001699/1.0.0'
const file = (name: string): unknown => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'))
const blocks = await readBlocks('procedures', (sentence) => {
  throw new Error(sentence)
})

it('a mother asks for her child: her name stands where she stands, and nowhere as the child’s', { timeout: 60_000 }, async () => {
  const expanded = expand(file('pack.json'), blocks)
  if (!expanded.ok) throw new Error(expanded.failure.why)
  const pack = '1.001699@1.0.0' as PackRef
  const screen = screenApp()
  const texts = { vi: expanded.value.texts(file('texts.vi.json')), en: expanded.value.texts(file('texts.en.json')) }
  screen.tablet.set.packs([{ pack, digest: 'x', current: true, content: expanded.value.pack, texts }])
  screen.tablet.set.who(aVolunteer())
  screen.tablet.set.visit({ startedAt: '2026-11-24T06:00:00.000Z', facts: { 'self.fullName': { value: 'Trần Thị Bé', origin: 'card' } }, papers: [], applications: [anId()] })
  // As on the page on which the procedure was chosen.
  useVisit()
  await flushPromises()
  Object.assign(screen.tablet.drafts, { open: () => Promise.resolve(ok(aDraft({ pack }))) })
  const router = makeRouter(screen.texts, createMemoryHistory())
  await router.push(`/drafts/${anId()}/sections/deNghi`)
  const page = mount(App, { global: { ...screen.global, plugins: [...screen.global.plugins, router] }, attachTo: document.body })
  const shown = { timeout: 20_000 }
  const has = (id: string): boolean => page.html().includes(controlId(id))
  const name = (id: string): string | undefined => page.find<HTMLInputElement>(`#${controlId(id)}`).element.value
  async function says(relation: string): Promise<void> {
    await router.push(`/drafts/${anId()}/sections/deNghi`)
    await expect.poll(() => has('nyc.quanHe'), shown).toBe(true)
    await page.get(`input[type=radio][value=${relation}]`).setValue()
    await flushPromises()
  }
  async function nameIn(section: string, id: string): Promise<string | undefined> {
    await router.push(`/drafts/${anId()}/sections/${section}`)
    await expect.poll(() => has(id), shown).toBe(true)
    return name(id)
  }

  await says('banThan')
  expect(await nameIn('nguoiKhuyetTat', 'nkt.hoTen')).toBe('Trần Thị Bé')
  await says('daiDien')
  expect(await nameIn('nguoiKhuyetTat', 'nkt.hoTen')).toBe('')
  expect(await nameIn('daiDien', 'ndd.hoTen')).toBe('Trần Thị Bé')
  page.unmount()
})

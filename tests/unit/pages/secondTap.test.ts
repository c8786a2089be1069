/** What a second tap on the same place does, when the first one has changed the page under the finger. */
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { ok } from '../../../core/result.ts'
import { settledAfterMs, useSettled } from '../../../src/composables/useSettled.ts'
import { outside } from '../../../src/outside.ts'
import { outsideKey } from '../../../src/stores/outside.ts'
import { birthSections, draftPath, openDraftPages, type DraftPages } from '../../support/screens/draftPages.ts'

const shown = { timeout: 20_000 }

describe('a second tap on the same place', { timeout: 60_000 }, () => {
  let pages: DraftPages | undefined
  afterEach(() => pages?.page.unmount())

  async function taps(): Promise<void> {
    pages?.foot().click()
    await flushPromises()
  }

  it('in the last section leads to the review page and seals nothing that nobody has read', async () => {
    let sealed = 0
    pages = await openDraftPages(`${draftPath}/sections/${birthSections().at(-1) ?? ''}`, ({ tablet }) => {
      tablet.drafts.finalise = () => Promise.resolve(ok({ localCode: `TN-03-261124-${(sealed += 1)}` }))
    })
    await pages.rest()
    await taps()
    await expect.poll(pages.at, shown).toBe(`${draftPath}/review`)

    await taps()
    const afterSecond = { sealed, at: pages.at(), said: pages.foot().getAttribute('aria-disabled') }
    await pages.rest()
    await taps()

    expect(afterSecond).toEqual({ sealed: 0, at: `${draftPath}/review`, said: 'true' })
    await expect.poll(() => sealed, shown).toBe(1)
  })

  it('in an earlier section skips no section, nor does a key pressed twice', async () => {
    const [first, second, third] = birthSections()
    pages = await openDraftPages(`${draftPath}/sections/${first ?? ''}`)
    await pages.rest()
    await taps()
    await expect.poll(pages.at, shown).toBe(`${draftPath}/sections/${second ?? ''}`)

    await taps()
    await pages.page.get('form').trigger('submit')
    await flushPromises()
    const afterSecond = pages.at()
    await pages.rest()
    await taps()

    expect(afterSecond).toBe(`${draftPath}/sections/${second ?? ''}`)
    await expect.poll(pages.at, shown).toBe(`${draftPath}/sections/${third ?? ''}`)
  })

  it('while the answers are still being saved is shown as busy and goes on once', async () => {
    const [first, second] = birthSections()
    let commit = (): void => undefined
    pages = await openDraftPages(`${draftPath}/sections/${first ?? ''}`, ({ tablet }) => {
      tablet.onSave = (version) => new Promise((resolve) => { commit = () => { resolve(ok(version + 1)) } })
    })
    await pages.rest()
    await taps()
    await taps()

    expect([pages.foot().getAttribute('aria-busy'), pages.at()]).toEqual(['true', `${draftPath}/sections/${first ?? ''}`])
    const going = vi.spyOn(pages.router, 'push')
    commit()
    await expect.poll(pages.at, shown).toBe(`${draftPath}/sections/${second ?? ''}`)
    expect(going).toHaveBeenCalledTimes(1)
  })
})

describe('a page that was just shown', () => {
  afterEach(() => vi.useRealTimers())

  it('counts as seen after 700 ms, and stops its clock when it is left before', async () => {
    vi.useFakeTimers()
    let settled = { value: false } as Readonly<{ value: boolean }>
    const host = defineComponent(() => {
      settled = useSettled()
      return () => null
    })
    const page = mount(host, { global: { provide: { [outsideKey as symbol]: outside } } })
    await vi.advanceTimersByTimeAsync(settledAfterMs - 1)
    const before = settled.value
    await vi.advanceTimersByTimeAsync(1)
    expect([settledAfterMs, before, settled.value, vi.getTimerCount()]).toEqual([700, false, true, 0])

    page.unmount()
    mount(host, { global: { provide: { [outsideKey as symbol]: outside } } }).unmount()
    expect(vi.getTimerCount()).toBe(0)
  })
})

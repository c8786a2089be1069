/** A draft that is no more, while a page of it is still open: no link is dead, the tablet still locks, and it says what happened. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { failure } from '../../../core/failures.ts'
import { fail, ok } from '../../../core/result.ts'
import { controlId } from '../../../src/forms/fieldView.ts'
import { vi } from '../../../src/i18n/vi.ts'
import type { OutboxItemView } from '../../../src/offline/tablet.ts'
import { useDrafts } from '../../../src/stores/drafts.ts'
import { useSession } from '../../../src/stores/session.ts'
import { aPackRef, anId, anOutbox } from '../../support/screens/fakeTablet.ts'
import { draftPath, openDraftPages, type DraftPages } from '../../support/screens/draftPages.ts'
import type { ScreenApp } from '../../support/screens/screenApp.ts'

const shown = { timeout: 20_000 }
const person = `${draftPath}/sections/nguoiYeuCau`
const words = vi.tablet

const item = (): OutboxItemView => ({
  id: anId(), localCode: 'TN-03-261124-001A', pack: aPackRef(), state: 'queued', queuedAt: '2026-11-24T02:00:00.000Z', keyEnded: false, gone: false, note: null, reason: null, exportedAt: null, sizeBytes: 4000,
})
const inOutbox = ({ tablet }: ScreenApp): void => { tablet.set.outbox(anOutbox({ items: [item()], onlyHere: 1 })) }
/** Somebody has discarded or finalised it in another window. */
const isGone = ({ tablet }: ScreenApp): void => { tablet.onSave = () => Promise.resolve(fail(failure('notFound', 'drafts'))) }

describe('a draft that is gone while its page is open', { timeout: 60_000 }, () => {
  let pages: DraftPages | undefined
  afterEach(() => pages?.page.unmount())

  async function types(text: string): Promise<void> {
    await pages?.page.get(`#${controlId('nyc.hoTen')}`).setValue(text)
    await flushPromises()
  }
  const linkCalled = (name: string) => pages?.page.findAll('main a').find((link) => link.text() === name)
  /** The button of the page asks; the one in the dialog does it. */
  async function discards(): Promise<void> {
    const buttons = () => [...document.querySelectorAll('button')].filter((button) => button.textContent.trim() === words.form.discard)
    await expect.poll(() => buttons().length, shown).toBeGreaterThan(0)
    buttons()[0]?.click()
    await flushPromises()
    buttons().at(-1)?.click()
    await flushPromises()
  }

  it('is left by every link, and the tablet locks', async () => {
    pages = await openDraftPages(person, isGone)
    await types('Trần Thị Hai')
    await pages.router.push('/')
    expect(pages.at()).toBe('/')
    pages.page.unmount()

    pages = await openDraftPages(person, isGone)
    await types('Trần Thị Hai')
    expect((await useSession().lock()).ok).toBe(true)
    expect(useSession().isLocked).toBe(true)
  })

  it('is said to be finished or discarded, with the way to where it is now', async () => {
    pages = await openDraftPages(person, isGone)
    await types('Trần Thị Hai')
    await useSession().settleAll()
    await flushPromises()
    const text = pages.page.text()
    const home = linkCalled(vi.common.home)?.attributes('href')
    const elsewhere = [vi.failures.notFound.text, vi.common.retry].filter((said) => text.includes(said))
    pages.tablet.set.outbox(anOutbox({ items: [item()], onlyHere: 1 }))
    await flushPromises()

    expect(text).toContain(words.gone.ended)
    expect([home, elsewhere, useDrafts().hasUnsaved]).toEqual(['/', [], false])
    expect(linkCalled(words.gone.see)?.attributes('href')).toBe(`/done/${anId()}`)
  })

  it('discarded here with letters that could not be saved asks for no save any more and leads home', async () => {
    pages = await openDraftPages(draftPath, ({ tablet }) => {
      tablet.onSave = () => Promise.resolve(fail(failure('storageFull')))
    })
    await pages.router.push(person)
    await types('Trần Thị Hai')
    // Saving fails, so one cannot leave the draft; its own pages are open.
    await pages.router.push(draftPath)
    await discards()

    await expect.poll(pages.at, shown).toBe('/')
    expect(useDrafts().hasUnsaved).toBe(false)
  })

  it('discarded in another window before says so here, not that the Centre lacks it', async () => {
    pages = await openDraftPages(draftPath, ({ tablet }) => {
      tablet.drafts.discard = () => Promise.resolve(fail(failure('notFound', 'drafts')))
    })
    await discards()

    await expect.poll(() => pages?.page.text(), shown).toContain(words.gone.ended)
    expect(pages.page.text()).not.toContain(vi.failures.notFound.text)
  })

  it('finalised in another window is not sealed here, and the way to it is shown', async () => {
    pages = await openDraftPages(`${draftPath}/review`, (screen) => {
      isGone(screen)
      inOutbox(screen)
    })
    await pages.rest()
    pages.foot().click()
    await flushPromises()

    expect(linkCalled(words.gone.see)?.attributes('href')).toBe(`/done/${anId()}`)
    expect(pages.page.text()).not.toContain(vi.failures.notFound.text)
  })

  it('and being sealed takes no answer any more, then leads on', async () => {
    let sealed = (): void => undefined
    pages = await openDraftPages(`${draftPath}/review`, (screen) => {
      screen.tablet.drafts.finalise = () => new Promise((resolve) => {
        sealed = () => {
          isGone(screen)
          inOutbox(screen)
          resolve(ok({ localCode: 'TN-03-261124-001A' }))
        }
      })
    })
    await pages.rest()
    const papers = pages.page.get('[aria-labelledby="review-papers"]')
    expect(papers.element.closest('[inert]')).toBeNull()
    pages.foot().click()
    await flushPromises()
    const whileSealing = papers.element.closest('[inert]')
    // A radio that a tap reached before the page was inert.
    await papers.get('input[type="radio"]:not(:checked)').setValue(true)
    sealed()

    await expect.poll(pages.at, shown).toBe(`/done/${anId()}`)
    expect(whileSealing).not.toBeNull()
  })

  it('what the next draft of the visit could have begun with holds nobody here', async () => {
    pages = await openDraftPages(person, ({ tablet }) => {
      tablet.set.visit({ startedAt: '2026-11-24T02:00:00.000Z', facts: {}, applications: [anId()], papers: [] })
      tablet.visit.keep = () => Promise.resolve(fail(failure('storageFull')))
    })
    await types('Trần Thị Hai')
    expect((await useSession().settleAll()).ok).toBe(true)
    await pages.router.push('/')

    expect(pages.at()).toBe('/')
  })
})

describe('an address of a draft or an application that is not here', { timeout: 60_000 }, () => {
  let pages: DraftPages | undefined
  afterEach(() => pages?.page.unmount())

  const notHere = ({ tablet }: ScreenApp): void => { tablet.drafts.open = () => Promise.resolve(fail(failure('notFound', 'drafts'))) }

  it.each(['before', 'after'])('leads “back” after sealing to the page of what was sealed, told of by the outbox %s the draft was asked for', async (when) => {
    pages = await openDraftPages(`${draftPath}/review`, (screen) => {
      notHere(screen)
      if (when === 'before') inOutbox(screen)
    })
    pages.tablet.set.outbox(anOutbox({ items: [item()], onlyHere: 1 }))

    await expect.poll(pages.at, shown).toBe(`/done/${anId()}`)
    await expect.poll(() => pages?.page.text(), shown).toContain('TN-03-261124-001A')
  })

  it.each([draftPath, `/cases/${anId()}`, `/done/${anId()}`, `/slips/${anId()}`])('%s says that nothing at the Centre is lost, not that the Centre lacks it or that it will be tried again', async (path) => {
    pages = await openDraftPages(path, notHere)
    await expect.poll(() => pages?.page.text(), shown).toContain(words.gone.title)

    const text = pages.page.text()
    expect(text).toContain(words.gone.text)
    expect([vi.failures.notFound.text, vi.failures.notFound.act, vi.common.retry].filter((said) => text.includes(said))).toEqual([])
  })

  it('a draft that could not be read is tried again as before', async () => {
    pages = await openDraftPages(draftPath, ({ tablet }) => { tablet.drafts.open = () => Promise.resolve(fail(failure('storageBroken'))) })

    await expect.poll(() => pages?.page.text(), shown).toContain(vi.failures.storageBroken.text)
    expect(pages.page.text()).toContain(vi.common.retry)
  })
})

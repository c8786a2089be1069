import { flushPromises } from '@vue/test-utils'
import { createMemoryHistory, type Router } from 'vue-router'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { makeRouter } from '../../../desk/router.ts'
import { lookAgain, paySignOut, type Ways } from '../../../desk/presence.ts'
import { payEveryMs } from '../../../desk/signOut.ts'
import { keepTrying, openOutside } from '../../../desk/wiring.ts'
import SignInPage from '../../../desk/pages/SignInPage.vue'
import DeskPage from '../../../desk/parts/DeskPage.vue'
import { aDesk, jsonAnswer, mountAtDesk, problemAnswer, type Answers, type KeptWord } from '../../support/deskCases.ts'

const lan = { name: 'Nguyễn Thị Lan', username: 'lan' }
const minh = { name: 'Trần Văn Minh', username: 'minh' }
const noNetwork = (): never => {
  throw new TypeError('Failed to fetch')
}
const signedOut = (): Response => new Response(null, { status: 204 })

/** An office that can be cut off; its cookie of Lan lives until it has answered a sign-out. */
function anOffice() {
  const office = { reachable: true, signedIn: true }
  const ifReachable = (answer: () => Response) => () => (office.reachable ? answer() : noNetwork())
  const answers: Answers = {
    'GET /desk/api/me': ifReachable(() => (office.signedIn ? jsonAnswer(lan) : problemAnswer('notSignedIn', 401))),
    'POST /desk/api/sign-out': ifReachable(() => {
      office.signedIn = false
      return signedOut()
    }),
    'POST /desk/api/sign-in': ifReachable(() => {
      office.signedIn = true
      return jsonAnswer(minh)
    }),
  }
  return { office, answers }
}

async function pressSignOut(answers: Answers, kept: KeptWord) {
  const { desk, asked } = aDesk(answers, kept)
  desk.me.value = lan
  const { page, router } = mountAtDesk(DeskPage, desk)
  await page.findAll('button').find((button) => button.text() === 'Đăng xuất')?.trigger('click')
  await flushPromises()
  return { desk, asked, page, router }
}

/** The desk after the page was loaded anew in the same browser. */
async function loadedAnew(answers: Answers, kept: KeptWord): Promise<{ router: Router; asked: readonly { readonly path: string }[] }> {
  const { desk, asked } = aDesk(answers, kept)
  const router = makeRouter(desk, createMemoryHistory())
  await router.push('/inbox')
  return { router, asked }
}

afterEach(() => {
  vi.useRealTimers()
  document.body.replaceChildren()
})

describe('signing out without a network', () => {
  it('says that this computer is still signed in, and lets nobody in by the cookie that lives on', async () => {
    const kept: KeptWord = { owed: false }
    const { office, answers } = anOffice()
    office.reachable = false
    const { desk, router } = await pressSignOut(answers, kept)
    const { page } = mountAtDesk(SignInPage, desk)

    expect(router.currentRoute.value.name).toBe('signIn')
    expect(page.text()).toContain('Máy này vẫn còn đăng nhập')
    expect((await loadedAnew(answers, kept)).router.currentRoute.value.name).toBe('signIn')
  })

  it('is done first by the next page that reaches the office, before anybody is asked for', async () => {
    const kept: KeptWord = { owed: false }
    const { office, answers } = anOffice()
    office.reachable = false
    await pressSignOut(answers, kept)
    office.reachable = true

    const { router, asked } = await loadedAnew(answers, kept)

    expect(asked.map(({ path }) => path)).toEqual(['/desk/api/sign-out', '/desk/api/me'])
    expect(router.currentRoute.value.name).toBe('signIn')
  })

  it('is tried again every few seconds and as soon as the network is back, and then says that it is done', async () => {
    vi.useFakeTimers()
    const { office, answers } = anOffice()
    office.reachable = false
    const { desk } = await pressSignOut(answers, { owed: false })
    const { page } = mountAtDesk(SignInPage, desk)
    let tries = 0
    keepTrying(payEveryMs, () => {
      tries += 1
      void paySignOut(desk, () => undefined)
    })

    await vi.advanceTimersByTimeAsync(2 * payEveryMs)
    expect([tries, desk.signOut.told.value]).toEqual([2, 'owed'])

    office.reachable = true
    window.dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(1)
    expect([tries, office.signedIn, desk.signOut.isOwed()]).toEqual([3, false, false])
    expect(page.text()).toContain('Đã đăng xuất khỏi máy này.')
  })

  it('is remembered by the browser in one word, also where it keeps nothing', () => {
    openOutside(() => undefined).oweSignOut(true)
    expect(localStorage.getItem('tiepsuc.desk.signOutOwed')).toBe('yes')
    const next = openOutside(() => undefined)
    expect(next.owesSignOut()).toBe(true)
    next.oweSignOut(false)
    expect(next.owesSignOut()).toBe(false)

    const refused = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    next.oweSignOut(true)
    refused.mockRestore()
    expect(next.owesSignOut()).toBe(true)
  })

  it('is not called done by the page of a Wi-Fi that wants a login', async () => {
    const kept: KeptWord = { owed: false }
    await pressSignOut({ 'POST /desk/api/sign-out': () => new Response('<html>Wi-Fi</html>') }, kept)

    expect(kept.owed).toBe(true)
  })

  it('is done when the office knows nobody here any more', async () => {
    const kept: KeptWord = { owed: false }
    await pressSignOut({ 'POST /desk/api/sign-out': () => problemAnswer('notSignedIn', 401) }, kept)

    expect(kept.owed).toBe(false)
  })

  it('comes before the next officer signs in, whose session it would end', async () => {
    const { office, answers } = anOffice()
    office.reachable = false
    const { desk, asked } = await pressSignOut(answers, { owed: false })
    const { page } = mountAtDesk(SignInPage, desk)
    await page.find('#username').setValue('minh')
    await page.find('#passphrase').setValue('cá chép vượt')

    await page.find('form').trigger('submit')
    await flushPromises()
    expect(asked.map(({ path }) => path)).not.toContain('/desk/api/sign-in')
    expect(page.text()).toContain('Không liên lạc được với Trung tâm')

    office.reachable = true
    await page.find('form').trigger('submit')
    await flushPromises()
    expect(asked.map(({ path }) => path).slice(-2)).toEqual(['/desk/api/sign-out', '/desk/api/sign-in'])
    expect([desk.me.value, desk.signOut.told.value]).toEqual([minh, 'nothing'])
  })
})

describe('who sits at a desk that is open in two pages', () => {
  const ways = (told: string[]): Ways => ({ leave: () => told.push('leave'), ended: () => told.push('ended'), loadAnew: () => told.push('loadAnew') })
  async function seenAgain(answers: Answers, kept: KeptWord = { owed: false }) {
    const told: string[] = []
    const { desk } = aDesk(answers, kept)
    desk.me.value = lan
    desk.searched.value = '046085000007'
    await lookAgain(desk, ways(told))
    return { told, me: desk.me.value, searched: desk.searched.value }
  }

  it('stays when it is still the same officer, or when nobody answers', async () => {
    const same = { told: [], me: lan, searched: '046085000007' }

    expect(await seenAgain({ 'GET /desk/api/me': () => jsonAnswer(lan) })).toEqual(same)
    expect(await seenAgain({ 'GET /desk/api/me': noNetwork })).toEqual(same)
  })

  it('is loaded anew when another officer has signed in meanwhile, with nothing of the first', async () => {
    expect(await seenAgain({ 'GET /desk/api/me': () => jsonAnswer(minh) })).toEqual({ told: ['loadAnew'], me: null, searched: '' })
  })

  it('is over when the office knows nobody any more', async () => {
    expect((await seenAgain({ 'GET /desk/api/me': () => problemAnswer('notSignedIn', 401) })).told).toEqual(['ended'])
  })

  it('is left when the other page has signed out without a network', async () => {
    expect(await seenAgain({ 'POST /desk/api/sign-out': noNetwork }, { owed: true })).toEqual({ told: ['leave'], me: null, searched: '' })
  })

  it('leads to the sign-in page whoever goes on in it after that', async () => {
    const kept: KeptWord = { owed: false }
    const { answers } = anOffice()
    const { desk } = aDesk(answers, kept)
    const router = makeRouter(desk, createMemoryHistory())
    await router.push('/inbox')
    expect(router.currentRoute.value.name).toBe('open')

    kept.owed = true
    await router.push('/devices')

    expect(router.currentRoute.value.name).toBe('signIn')
  })
})

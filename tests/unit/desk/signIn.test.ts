import { flushPromises } from '@vue/test-utils'
import { createMemoryHistory } from 'vue-router'
import { describe, expect, it } from 'vitest'
import { makeRouter } from '../../../desk/router.ts'
import { isOpenPage, targetOf } from '../../../desk/target.ts'
import { forgetOfficer } from '../../../desk/session.ts'
import { firstOfficerProblems } from '../../../desk/firstOfficer.ts'
import SignInPage from '../../../desk/pages/SignInPage.vue'
import { deskWords } from '../../../src/i18n/deskWords.ts'
import { createTexts } from '../../../src/i18n/texts.ts'
import { aDesk, jsonAnswer, mountAtDesk, problemAnswer, type Answers } from '../../support/deskCases.ts'

const lan = { name: 'Nguyễn Thị Lan', username: 'lan' }
const aRouter = (answers: Answers) => {
  const { desk } = aDesk(answers)
  return { desk, router: makeRouter(desk, createMemoryHistory()) }
}

describe('signing in', () => {
  it('leads a stranger to the sign-in page and remembers where they wanted to go', async () => {
    const { router } = aRouter({ 'GET /desk/api/me': () => problemAnswer('notSignedIn', 401) })

    await router.push('/devices')

    expect(router.currentRoute.value.name).toBe('signIn')
    expect(router.currentRoute.value.query).toEqual({ to: '/devices' })
  })

  it('lets an officer through whom the office still knows', async () => {
    const { router, desk } = aRouter({ 'GET /desk/api/me': () => jsonAnswer(lan) })

    await router.push('/devices')

    expect(router.currentRoute.value.name).toBe('devices')
    expect(desk.me.value).toEqual(lan)
  })

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/sign-in', '/first', '/nowhere', undefined])('never leads on to %s', (wanted) => {
    const { router } = aRouter({})

    expect(targetOf(router, wanted)).toBe('/inbox')
  })

  it('leads on to a page of the desk', () => {
    const { router } = aRouter({})

    expect(targetOf(router, '/cases/x/accept')).toBe('/cases/x/accept')
    expect(isOpenPage('case')).toBe(false)
  })

  it('forgets all that an officer was shown', () => {
    const { desk } = aDesk({})
    desk.me.value = lan
    desk.searched.value = '046085000007'
    desk.counts.value = { open: 1, quarantine: 0, decided: 0 }

    forgetOfficer(desk)

    expect([desk.me.value, desk.searched.value, desk.counts.value]).toEqual([null, '', null])
  })

  it('empties a wrong passphrase and says so without saying which of the two is wrong', async () => {
    const { desk } = aDesk({ 'POST /desk/api/sign-in': () => problemAnswer('notSignedIn', 401) })
    const { page } = mountAtDesk(SignInPage, desk)

    await page.find('#username').setValue('lan')
    await page.find('#passphrase').setValue('not the passphrase')
    await page.find('form').trigger('submit')
    await flushPromises()

    expect(page.text()).toContain('Tên đăng nhập hoặc câu mật khẩu chưa đúng.')
    expect(page.find<HTMLInputElement>('#passphrase').element.value).toBe('')
    page.unmount()
  })

  it('asks the first officer for twelve characters, twice the same', () => {
    const { t } = createTexts({ words: deskWords, locale: 'vi' })
    const good = { name: 'Lan', username: 'lan.nguyen', passphrase: 'cá chép vượt', again: 'cá chép vượt' }

    expect(firstOfficerProblems(good, t)).toEqual([])
    expect(firstOfficerProblems({ ...good, passphrase: 'ngắn quá' }, t).map(({ fieldId }) => fieldId)).toEqual(['passphrase'])
    expect(firstOfficerProblems({ ...good, again: 'cá chép vược' }, t).map(({ fieldId }) => fieldId)).toEqual(['again'])
    expect(firstOfficerProblems({ ...good, name: ' ', username: 'Lan Nguyễn' }, t).map(({ fieldId }) => fieldId)).toEqual(['name', 'username'])
  })
})

import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import FirstOfficerPage from '../../../desk/pages/FirstOfficerPage.vue'
import OfficersPage from '../../../desk/pages/OfficersPage.vue'
import { aDesk, jsonAnswer, mountAtDesk, press, problemAnswer, type Answers } from '../../support/deskCases.ts'

const lan = { name: 'Nguyễn Thị Lan', username: 'lan', disabled: false, lastSignedInAt: '2026-11-24T01:00:00.000Z' }
const hue = { name: 'Trần Văn Huệ', username: 'hue', disabled: false, lastSignedInAt: null }
const invitation = { link: 'http://office.test/desk/first#t=abcdefghijklmnopqrstuv', code: '7K3M-QX2R', expiresAt: '2026-11-25T03:00:00.000Z' }

async function atOfficers(answers: Answers = {}) {
  const { desk, asked } = aDesk({
    'GET /desk/api/officers': () => jsonAnswer({ officers: [lan, hue] }),
    'POST /desk/api/officers': () => jsonAnswer(invitation, 201),
    'POST /desk/api/officers/hue/disable': () => jsonAnswer({ officers: [lan, { ...hue, disabled: true }] }),
    ...answers,
  })
  desk.me.value = lan
  const { page } = mountAtDesk(OfficersPage, desk)
  await flushPromises()
  return { desk, asked, page }
}

describe('the officers page', () => {
  it('lists officers and offers to disable everybody but oneself', async () => {
    const { page } = await atOfficers()

    expect(page.text()).toContain('Nguyễn Thị Lan (chính Ông/Bà)')
    expect(page.text()).toContain('chưa lần nào')
    expect(page.findAll('tbody tr').map((row) => row.findAll('button').map((button) => button.text()))).toEqual([[], ['Khóa tài khoản Trần Văn Huệ']])
    page.unmount()
  })

  it('shows an invitation to scan, to type and to open, until it is closed', async () => {
    const { page } = await atOfficers()
    await press(page, 'Mời thêm cán bộ')

    expect(page.text()).toContain('7K3M-QX2R')
    expect(page.find('.once a').attributes('href')).toBe(invitation.link)
    expect(page.find('.once svg').exists()).toBe(true)
    await press(page, 'Đóng')
    expect(page.text()).not.toContain('7K3M-QX2R')
    page.unmount()
  })

  it('disables only after asking, and takes away an invitation that has ended with it', async () => {
    const { page, asked, desk } = await atOfficers()
    const acts = () => asked.filter(({ path }) => path.endsWith('/disable'))
    await press(page, 'Mời thêm cán bộ')
    await page.findAll('tbody tr')[1]?.find('button').trigger('click')

    expect(page.text()).toContain('Khóa tài khoản của Trần Văn Huệ?')
    expect(acts()).toEqual([])
    await page.find('#ask-first button.danger, dialog button.danger').trigger('click')
    await flushPromises()

    expect(acts()).toEqual([{ method: 'POST', path: '/desk/api/officers/hue/disable', body: {} }])
    expect(desk.said.value).toBe('Đã khóa tài khoản của Trần Văn Huệ.')
    expect(page.text()).not.toContain('7K3M-QX2R')
    page.unmount()
  })

  it('says so when the office refuses', async () => {
    const { page } = await atOfficers({ 'POST /desk/api/officers': () => problemAnswer('forbidden', 403) })
    await press(page, 'Mời thêm cán bộ')

    expect(page.find('.once').exists()).toBe(false)
    expect(page.find('[role="alert"]').exists()).toBe(true)
    page.unmount()
  })
})

describe('taking up an invitation', () => {
  async function filled(answers: Answers) {
    const { desk, asked } = aDesk(answers)
    const { page } = mountAtDesk(FirstOfficerPage, desk)
    await page.find('#code').setValue(' 7k3m-qx2r ')
    await page.find('form').trigger('submit')
    for (const [field, typed] of Object.entries({ name: 'Huệ', username: 'hue', passphrase: 'cá chép vượt', again: 'cá chép vượt' })) await page.find(`#${field}`).setValue(typed)
    await page.find('form').trigger('submit')
    await flushPromises()
    return { desk, asked, page }
  }

  it('takes the typed code where the link is not at hand', async () => {
    const { asked, desk, page } = await filled({ 'POST /desk/api/first': () => jsonAnswer({ name: 'Huệ', username: 'hue' }, 201) })

    expect(asked.find(({ method }) => method === 'POST')).toEqual({ method: 'POST', path: '/desk/api/first', body: { ticket: '7k3m-qx2r', name: 'Huệ', username: 'hue', password: 'cá chép vượt' } })
    expect([desk.ticket.value, desk.me.value?.username]).toEqual([null, 'hue'])
    page.unmount()
  })

  it('says at the field that a user name is taken, and keeps the invitation', async () => {
    const { desk, page } = await filled({ 'POST /desk/api/first': () => problemAnswer('conflict', 409) })

    expect(page.text()).toContain('Tên đăng nhập này đã có người dùng. Xin chọn tên khác.')
    expect(desk.ticket.value).toBe('7k3m-qx2r')
    page.unmount()
  })

  it('lets another code be typed when one is spent', async () => {
    const { page } = await filled({ 'POST /desk/api/first': () => problemAnswer('ticketInvalid', 404) })
    expect(page.text()).toContain('Đường dẫn hoặc mã này không còn dùng được')
    await press(page, 'Gõ mã khác')

    expect(page.find<HTMLInputElement>('#code').element.value).toBe('')
    page.unmount()
  })
})

import { mount, type VueWrapper } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import SlipPage from '../../../src/pages/SlipPage.vue'
import { routes } from '../../../src/routes.ts'
import { birthContent } from '../../support/screens/birth.ts'
import { aCase, aVolunteer, anId } from '../../support/screens/fakeTablet.ts'
import { screenApp } from '../../support/screens/screenApp.ts'

const slip = {
  bring: ['giayChungSinh'], again: [], signed: ['toKhai'], presence: [], fee: { total: 16_000, known: true, confirmed: false, lines: [{ id: 'banSaoTrichLuc', quantity: 2, amount: 16_000, known: true }] },
}
const account = { bin: '970415', number: '113366668888', holder: 'KHO BAC NHA NUOC', confirmedBy: ['Lê Văn Bình', 'Trần Thị Cúc'] }

async function slipPage(locale: 'vi' | 'en', withAccount: boolean): Promise<VueWrapper> {
  const screen = screenApp()
  screen.texts.setLocale(locale)
  screen.tablet.set.who(aVolunteer())
  screen.tablet.set.packs([birthContent()])
  screen.tablet.set.sheet({ catalogue: null, counter: { phone: '0234 382 0000', ...(withAccount ? { account } : {}) } })
  screen.tablet.set.cases([aCase({ label: 'Nguyễn Đình Minh An', slip })])
  const router = createRouter({ history: createMemoryHistory(), routes: [...routes] })
  await router.push(`/slips/${anId()}`)
  const page = mount(SlipPage, { global: { ...screen.global, plugins: [...screen.global.plugins, router] } })
  await vi.waitFor(() => expect(page.text()).toContain('Giấy chứng sinh'))
  return page
}

describe('the page of the assistance slip', () => {
  it('shows the code, what to bring and that it is no receipt, and nobody’s name', async () => {
    const sheet = (await slipPage('vi', false)).get('[data-testid="slip"]')

    expect(sheet.text()).toContain('TN-03-261124-001A')
    expect(sheet.text()).toContain('Phiếu này không phải là Giấy tiếp nhận hồ sơ và hẹn trả kết quả.')
    expect(sheet.text()).toContain('0234 382 0000')
    expect(sheet.find('svg[role="img"]').exists()).toBe(true)
    expect(sheet.text()).not.toContain('Minh An')
  })

  it('prints Vietnamese first and English under it when the tablet speaks English', async () => {
    const text = (await slipPage('en', false)).get('[data-testid="slip"]').text()

    expect(text.indexOf('Giấy tờ còn phải mang')).toBeGreaterThan(-1)
    expect(text.indexOf('Papers still to bring')).toBeGreaterThan(text.indexOf('Giấy tờ còn phải mang'))
  })

  it('sends the fee to the counter when the office has set no account', async () => {
    const page = await slipPage('vi', false)

    expect(page.text()).toContain('Trả tại quầy')
    expect(page.text()).not.toContain('Hiện mã chuyển khoản')
  })

  it('shows the owner of the account beside the code, and no amount that nobody has confirmed', async () => {
    const page = await slipPage('vi', true)
    await page.findAll('button').find((button) => button.text() === 'Hiện mã chuyển khoản')?.trigger('click')

    await vi.waitFor(() => expect(page.text()).toContain('KHO BAC NHA NUOC'))
    expect(page.text()).toContain('Theo số cán bộ báo')
    expect(page.text()).toContain('Tình nguyện viên không bao giờ nhận tiền')
  })
})

import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import OfficePage from '../../../desk/pages/OfficePage.vue'
import type { Office } from '../../../desk/api.ts'
import { aDesk, jsonAnswer, mountAtDesk, press, problemAnswer, type Answers } from '../../support/deskCases.ts'

const office: Office = { name: 'UBND phường Phú Xuân', unit: '19753', keySet: { number: 1, expiresAt: '2027-11-01T00:00:00.000Z' }, warnings: [], takeOfflineFolder: null }
const restored: Office = { ...office, warnings: ['restored'], restoredFrom: '2026-11-23T15:30:00.000Z' }

async function atOffice(answers: Answers = {}) {
  const { desk, asked } = aDesk({
    'GET /desk/api/office': () => jsonAnswer(restored),
    'POST /desk/api/office/reviewed': () => jsonAnswer(office),
    ...answers,
  })
  const { page } = mountAtDesk(OfficePage, desk)
  await flushPromises()
  return { desk, page, said: () => asked.filter(({ method }) => method === 'POST') }
}

describe('the page of an office that was put back', () => {
  it('says from when the backup is, and leads to the three lists that somebody has to look through', async () => {
    const { page } = await atOffice()

    expect(page.text()).toContain('22:30')
    expect(page.text()).toContain('23/11/2026')
    expect(page.findAll('.note a').map((link) => link.attributes('href'))).toEqual(['/devices', '/volunteers', '/officers'])
    page.unmount()
  })

  it('tells the office only after asking, and is quiet from then on', async () => {
    const { desk, page, said } = await atOffice()
    await press(page, 'Đã xem lại xong')
    const before = said()
    await press(page, 'Đã xem lại đủ ba danh sách')

    expect([before, said()]).toEqual([[], [{ method: 'POST', path: '/desk/api/office/reviewed', body: {} }]])
    expect(page.text()).toContain('Không có việc gì phải làm')
    expect(desk.office.value?.warnings).toEqual([])
    page.unmount()
  })

  it('goes on warning when the office could not be told', async () => {
    const { page } = await atOffice({ 'POST /desk/api/office/reviewed': () => problemAnswer('unavailable', 503) })
    await press(page, 'Đã xem lại xong')
    await press(page, 'Đã xem lại đủ ba danh sách')

    expect(page.find('[role="alert"]').exists()).toBe(true)
    expect(page.text()).toContain('Trung tâm được phục hồi từ bản sao lưu')
    page.unmount()
  })
})

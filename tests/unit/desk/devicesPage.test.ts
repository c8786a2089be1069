import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { Device } from '../../../desk/api.ts'
import DevicesPage from '../../../desk/pages/DevicesPage.vue'
import { aDesk, jsonAnswer, mountAtDesk } from '../../support/deskCases.ts'

const nothing = { missing: 0, gaps: [], moreGaps: 0, forks: [], moreForks: 0 }

function aDevice(number: string, changes: Partial<Omit<Device, 'device'>> = {}): Record<string, unknown> {
  return {
    device: number.padEnd(43, 'x'),
    number,
    state: 'active',
    words: null,
    formerOf: null,
    enrolledAt: '2026-11-20T01:00:00.000Z',
    lastSeenAt: '2026-11-24T02:00:00.000Z',
    lastSeq: 12,
    numbers: nothing,
    ...changes,
  }
}

async function atDevices(...devices: readonly Record<string, unknown>[]) {
  const { desk } = aDesk({ 'GET /desk/api/devices': () => jsonAnswer({ devices }) })
  const { page } = mountAtDesk(DevicesPage, desk)
  await flushPromises()
  return page
}

const oddOf = (page: Awaited<ReturnType<typeof atDevices>>) => page.findAll('section[aria-labelledby="numbers-title"] article')

afterEach(() => {
  document.body.replaceChildren()
})

describe('the page of tablets', () => {
  it('names the numbers that never came and says what to do on the tablet', async () => {
    const page = await atDevices(aDevice('03', { numbers: { ...nothing, missing: 4, gaps: [{ from: 4, to: 4 }, { from: 7, to: 9 }] } }))
    const [tablet] = oddOf(page)

    expect(tablet?.text()).toContain('Máy 03')
    expect(tablet?.text()).toContain('Đã nhận đến số 12')
    expect(tablet?.text()).toContain('Chưa nhận 4 hồ sơ: số 4, 7\u2060–\u20609')
    expect(tablet?.text()).toContain('bấm “Gửi ngay”, hoặc xuất ra tệp và mang đến bằng USB')
    expect(page.find('tbody').text()).toContain('Thiếu 4')
    page.unmount()
  })

  it('says of a revoked tablet that only a file can bring them', async () => {
    const page = await atDevices(aDevice('04', { state: 'revoked', numbers: { ...nothing, missing: 1, gaps: [{ from: 2, to: 2 }] } }))

    expect(oddOf(page)[0]?.text()).toContain('không gửi qua mạng được nữa')
    expect(oddOf(page)[0]?.text()).not.toContain('Gửi ngay')
    page.unmount()
  })

  it('takes a revoked tablet back only after asking, and no lost key', async () => {
    const posted: string[] = []
    const devices = [aDevice('04', { state: 'revoked' }), aDevice('05', { state: 'revoked', formerOf: '04' })]
    const { desk } = aDesk({
      'GET /desk/api/devices': () => jsonAnswer({ devices }),
      [`POST /desk/api/devices/${'04'.padEnd(43, 'x')}/reinstate`]: () => {
        posted.push('04')
        return jsonAnswer({ devices })
      },
    })
    const { page } = mountAtDesk(DevicesPage, desk)
    await flushPromises()

    const buttons = page.findAll('tbody button').filter((button) => button.text().includes('Cho dùng lại'))
    await buttons[0]?.trigger('click')
    const before = posted.length
    await page.findAll('dialog button').find((button) => button.text().includes('Cho máy chờ so sáu từ'))?.trigger('click')
    await flushPromises()

    expect([buttons.length, before, posted]).toEqual([1, 0, ['04']])
    expect(desk.said.value).toContain('so sáu từ')
    page.unmount()
  })

  it('names the numbers that stand on two contents, and how many older ones there are', async () => {
    const forks = Array.from({ length: 10 }, (_, at) => ({ number: at + 21, contents: 2 }))
    const page = await atDevices(aDevice('05', { lastSeq: 30, numbers: { ...nothing, forks, moreForks: 3 } }))

    expect(oddOf(page)[0]?.text()).toContain('Hai nội dung khác nhau cùng một số: 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, và 3 chỗ cũ hơn')
    expect(oddOf(page)[0]?.text()).toContain('sao chép')
    expect(page.find('tbody').text()).toContain('Trùng số thứ tự')
    page.unmount()
  })

  it('says nothing of tablets whose numbers are whole, nor of an office that does not tell', async () => {
    const { numbers: _, ...older } = aDevice('07')
    const page = await atDevices(aDevice('06'), older, aDevice('08', { lastSeq: 0, lastSeenAt: null }))

    expect(page.find('#numbers-title').exists()).toBe(false)
    expect(page.findAll('tbody tr').map((row) => row.findAll('td')[5]?.text().replace('Số thứ tự', '').trim())).toEqual(['Đủ', 'Đủ', 'Chưa có hồ sơ'])
    page.unmount()
  })
})

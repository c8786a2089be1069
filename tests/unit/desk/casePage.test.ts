import { flushPromises } from '@vue/test-utils'
import * as v from 'valibot'
import { afterEach, describe, expect, it } from 'vitest'
import type { CaseFile } from '../../../core/wire/desk.ts'
import App from '../../../desk/App.vue'
import { aCaseEvent, aCaseFile, aCaseRow, aDesk, jsonAnswer, mountAtDesk, problemAnswer, type Answers } from '../../support/deskCases.ts'

const office = { name: 'UBND phường Phú Xuân', unit: '19753', keySet: { number: 1, expiresAt: '2027-11-01T00:00:00.000Z' }, warnings: [], takeOfflineFolder: null }
const lan = { name: 'Nguyễn Thị Lan', username: 'lan' }

async function openCase(file: CaseFile, act = '', more: Answers = {}) {
  const { desk, asked, seen } = aDesk({
    'GET /desk/api/me': () => jsonAnswer(lan),
    'GET /desk/api/office': () => jsonAnswer(office),
    'GET /desk/api/inbox': () => jsonAnswer({ cases: [], counts: { open: 1, quarantine: 0, decided: 0 }, next: null }),
    [`GET /desk/api/cases/${file.case.id}`]: () => jsonAnswer(file),
    ...more,
  })
  const { page, router } = mountAtDesk(App, desk)
  await router.push(`/cases/${file.case.id}${act}`)
  await settle()
  return { page, router, desk, asked, seen }
}

/** Until every answer has arrived and been shown. */
async function settle(): Promise<void> {
  for (let round = 0; round < 5; round += 1) await flushPromises()
}

type Page = Awaited<ReturnType<typeof openCase>>['page']

async function press(page: Page, words: string): Promise<void> {
  const button = page.findAll('button').find((one) => one.text() === words)
  if (button === undefined) throw new Error(`no button ${words}`)
  await button.trigger('click')
  if (button.attributes('type') === 'submit') await page.find('section form').trigger('submit')
  await settle()
}

afterEach(() => {
  document.body.replaceChildren()
})

describe('the page of a case', () => {
  it('shows hostile words as words', async () => {
    const evil = '<img src=x onerror="alert(1)">'
    const file = aCaseFile({
      case: aCaseRow({ subject: evil, volunteer: evil }),
      answers: { 'con.hoTen': evil, 'me.hoTen': "=cmd|' /C calc'!A0", 'camDoan.noi': '{{ constructor.constructor("alert(1)")() }}' },
      badge: { name: evil, number: evil, state: 'foreign' },
      events: [aCaseEvent({ kind: 'refused', by: evil, note: evil }), aCaseEvent({ seq: 2, kind: 'supplementAsked', by: evil, papers: [evil] })],
    })

    const { page } = await openCase(file)

    expect(page.find('article').text()).toContain(evil.toUpperCase())
    expect(page.find('article').text()).toContain("=CMD|' /C CALC'!A0")
    expect(page.find('article').text()).toContain('{{ constructor.constructor("alert(1)")() }}')
    expect(page.findAll('img')).toEqual([])
    expect(document.title).toBe('Hồ sơ · Bàn tiếp nhận · Tiếp Sức')
  })

  it('strikes an empty item with a dash that a screen reader hears', async () => {
    const { page } = await openCase(aCaseFile({ answers: { 'nyc.dienThoai': '' } }))

    const line = page.find('[id="line-nyc.dienThoai"]')
    expect(line.find('[aria-hidden="true"]').text()).toBe('—')
    expect(line.find('.visually-hidden').text()).toBe('Để trống')
  })

  it('accepts in two steps and sends the code in its one form', async () => {
    const file = aCaseFile()
    const accepted = aCaseFile({ case: { ...file.case, status: 'accepted', officialCode: 'H57.45-261124-0007', resultOn: '2026-11-25' } })
    const path = `/desk/api/cases/${file.case.id}/accept`
    const { page, asked } = await openCase(file, '/accept', { [`POST ${path}`]: () => jsonAnswer(accepted) })

    await page.find('#accept-code').setValue('h57.45-261124-0007')
    await press(page, 'Tiếp tục')
    expect(page.text()).toContain('Mã hồ sơ H57.45-261124-0007, hẹn trả kết quả ngày 25/11/2026')
    expect(asked.filter(({ method }) => method === 'POST')).toEqual([])

    await press(page, 'Tiếp nhận hồ sơ')
    expect(asked.filter(({ method }) => method === 'POST')).toEqual([{ method: 'POST', path, body: { asOf: 1, code: 'H57.45-261124-0007', resultOn: '2026-11-25' } }])
    expect(page.text()).toContain('Đã tiếp nhận với mã H57.45-261124-0007')
    expect(page.findAll('button').map((button) => button.text())).not.toContain('Tiếp nhận')
  })

  it('checks the code while the field is left and does not go on with a local one', async () => {
    const { page } = await openCase(aCaseFile(), '/accept')

    await page.find('#accept-code').setValue('TN-03-261124-001K')
    await page.find('#accept-code').trigger('blur')
    await settle()
    expect(page.find('#accept-code-problem').text()).toContain('Đây là mã tạm của máy tính bảng')

    await press(page, 'Tiếp tục')
    expect(page.text()).not.toContain('Xem lại trước khi gửi')
  })

  it('says when the code already stands on another case', async () => {
    const other = aCaseRow({ officialCode: 'H57.45-261124-0007', localCode: 'TN-03-261124-0095' })
    const { page } = await openCase(aCaseFile(), '/accept', { 'POST /desk/api/search': () => jsonAnswer({ cases: [other] }) })

    await page.find('#accept-code').setValue('H57.45-261124-0007')
    await page.find('#accept-code').trigger('blur')
    await settle()

    expect(page.find('#accept-code-warning').text()).toContain('đã gắn với hồ sơ NGUYỄN ĐÌNH MINH AN · TN-03-261124-0095')
  })

  it('lets a code stand on two cases only when the officer says so, and sends that word', async () => {
    const file = aCaseFile()
    const path = `/desk/api/cases/${file.case.id}/accept`
    const other = aCaseRow({ officialCode: 'H57.45-261124-0007', localCode: 'TN-03-261124-0095' })
    const { page, asked } = await openCase(file, '/accept', {
      'POST /desk/api/search': () => jsonAnswer({ cases: [other] }),
      [`POST ${path}`]: () => jsonAnswer(file),
    })
    await page.find('#accept-code').setValue('H57.45-261124-0007')
    await page.find('#accept-code').trigger('blur')
    await settle()
    await press(page, 'Tiếp tục')
    expect(page.text()).not.toContain('Xem lại trước khi gửi')

    await page.find('#accept-same').setValue(true)
    await press(page, 'Tiếp tục')
    await press(page, 'Tiếp nhận hồ sơ')
    expect(asked.find((one) => one.path === path)?.body).toEqual({ asOf: 1, code: 'H57.45-261124-0007', resultOn: '2026-11-25', sameCodeConfirmed: true })
  })

  it('asks the same when only the office knows that the code is taken', async () => {
    const file = aCaseFile()
    const { page } = await openCase(file, '/accept', {
      'POST /desk/api/search': () => jsonAnswer({ cases: [] }),
      [`POST /desk/api/cases/${file.case.id}/accept`]: () => problemAnswer('codeTaken', 409),
    })
    await page.find('#accept-code').setValue('H57.45-261124-0007')
    await press(page, 'Tiếp tục')
    await press(page, 'Tiếp nhận hồ sơ')

    expect(page.find('#accept-code-warning').text()).toContain('đã gắn với một hồ sơ khác')
    expect(page.find('#accept-same').exists()).toBe(true)
  })

  it('lays two versions of one code side by side, in bold what differs', async () => {
    const { application, trouble, problems, pack, badge } = aCaseFile({ answers: { 'con.hoTen': 'Hồ Văn Thử' } })
    const dispute = { digest: 'B'.repeat(43), tablet: '07', at: '2026-11-24T02:00:00.000Z', sequence: 4, content: { application, trouble, problems, pack, badge } }
    const { page } = await openCase(aCaseFile({ disputes: [dispute] }))

    expect(page.find('.disputes').text()).toContain('Nội dung khai khác nhau ở 1 mục')
    expect(page.findAll('.disputes .answer').map((cell) => cell.text())).toContain('HỒ VĂN THỬ')
    await press(page, 'Đọc cả bản 2')
    expect(page.findAll('article')).toHaveLength(2)
  })

  it('opens a case that waits for its pack once more, and says when it still waits', async () => {
    const waiting = aCaseFile({ pack: null, case: aCaseRow({ status: 'inQuarantine', marks: ['packUnknown'] }) })
    const path = `POST /desk/api/cases/${waiting.case.id}/open`
    const { page, asked } = await openCase(waiting, '', { [path]: () => jsonAnswer(waiting) })

    await press(page, 'Thử mở lại ngay')

    expect(asked.map(({ method, path: at }) => `${method} ${at}`)).toContain(path)
    expect(page.text()).toContain('Trung tâm vẫn chưa có mẫu thủ tục này')
  })

  it('marks a date whose holidays are not announced', async () => {
    const { page } = await openCase(aCaseFile({ expected: { resultOn: '2027-02-09', calendarConfirmed: false } }), '/accept')

    expect(page.find('#accept-date').text()).toContain('lịch nghỉ chưa công bố')
  })

  describe('when the case has moved since it was opened', () => {
    const shown = aCaseFile()
    const asked = aCaseEvent({ seq: 5, kind: 'supplementAsked', by: 'hoa', note: 'Thiếu chữ ký của người cha.', papers: ['giayChungSinh'] })
    const moved = aCaseFile({ case: { ...shown.case, status: 'supplementAsked' }, events: [...shown.events, asked] })
    const closed = aCaseFile({ case: { ...shown.case, status: 'refused' }, events: [...shown.events, aCaseEvent({ seq: 5, kind: 'refused', by: 'hoa', note: 'Khai trùng.' })] })
    const path = (act: string) => `/desk/api/cases/${shown.case.id}/${act}`

    /** An office that shows the case as it was, once, and judges a decision as the office does. */
    const officeWith = (now: CaseFile): Answers => {
      let looks = 0
      const decide = (body: unknown): Response => (v.is(v.looseObject({ asOf: v.literal(5) }), body) ? jsonAnswer(now) : problemAnswer('conflict', 409))
      return {
        [`GET /desk/api/cases/${shown.case.id}`]: () => jsonAnswer((looks += 1) === 1 ? shown : now),
        ...Object.fromEntries(['accept', 'supplement', 'refuse'].map((act) => [`POST ${path(act)}`, decide])),
      }
    }
    const sentTo = (act: string, list: readonly { path: string; body: unknown }[]) => list.filter((one) => one.path === path(act)).map(({ body }) => body)
    async function refuse(page: Page): Promise<void> {
      await page.find('#refuse-message').setValue('Trẻ đã được đăng ký ở nơi khác.')
      await press(page, 'Tiếp tục')
      await press(page, 'Từ chối tiếp nhận')
    }

    it('says so plainly, with what has happened and by whom, and drops nothing that was typed', async () => {
      const { page } = await openCase(shown, '/refuse', officeWith(moved))

      await refuse(page)

      const panel = page.find('.panel').text()
      expect(page.find('[role="alert"]').text()).toContain('Hồ sơ đã thay đổi trong lúc Ông/Bà soạn')
      expect(panel).toContain('Đã yêu cầu bổ sung')
      expect(panel).toMatch(/· hoa[^]*Giấy chứng sinh[^]*Thiếu chữ ký của người cha\./)
      expect(panel).not.toContain('Trung tâm đã nhận')
      expect(panel).toContain('Trẻ đã được đăng ký ở nơi khác.')
      expect(document.activeElement?.id).toBe('act-title')
    })

    it('lets the officer go on with the same words, and decide on the case as it is now', async () => {
      const { page, asked: list } = await openCase(shown, '/refuse', officeWith(moved))
      await refuse(page)

      await press(page, 'Soạn tiếp')
      expect(page.find<HTMLTextAreaElement>('#refuse-message').element.value).toBe('Trẻ đã được đăng ký ở nơi khác.')
      await press(page, 'Tiếp tục')
      await press(page, 'Từ chối tiếp nhận')

      expect(sentTo('refuse', list)).toMatchObject([{ asOf: 1 }, { asOf: 5 }])
      expect(page.text()).toContain('Đã từ chối tiếp nhận.')
    })

    it('offers no way on when the case has its answer', async () => {
      const { page } = await openCase(shown, '/refuse', officeWith(closed))

      await refuse(page)

      expect(page.find('.panel').text()).toContain('Khai trùng.')
      const buttons = page.findAll('.panel button').map((button) => button.text())
      expect(buttons).toContain('Xem hồ sơ như hiện nay')
      expect(buttons).not.toContain('Soạn tiếp')
    })

    it('still says so when the case cannot be had again, and does not take the old page for a new one', async () => {
      let looks = 0
      const { page, asked: list } = await openCase(shown, '/refuse', {
        ...officeWith(moved),
        [`GET /desk/api/cases/${shown.case.id}`]: () => ((looks += 1) === 1 ? jsonAnswer(shown) : problemAnswer('unavailable', 503)),
      })

      await refuse(page)
      await press(page, 'Soạn tiếp')
      await press(page, 'Tiếp tục')
      await press(page, 'Từ chối tiếp nhận')

      expect(page.find('[role="alert"]').text()).toContain('Hồ sơ đã thay đổi')
      expect(sentTo('refuse', list)).toMatchObject([{ asOf: 1 }, { asOf: 1 }])
    })

    it('keeps a code, a date and ticked papers, too, while the officer looks at the case', async () => {
      const { page, router } = await openCase(shown, '/accept', officeWith(moved))
      await page.find('#accept-code').setValue('H57.45-261124-0007')
      await press(page, 'Tiếp tục')
      await press(page, 'Tiếp nhận hồ sơ')
      await press(page, 'Xem hồ sơ như hiện nay')
      await router.push(`/cases/${shown.case.id}/supplement`)
      await settle()
      await page.find('#paper-giayChungSinh').setValue(true)
      await router.push(`/cases/${shown.case.id}/accept`)
      await settle()
      expect(page.find<HTMLInputElement>('#accept-code').element.value).toBe('H57.45-261124-0007')

      await router.push(`/cases/${shown.case.id}/supplement`)
      await settle()
      expect(page.find<HTMLInputElement>('#paper-giayChungSinh').element.checked).toBe(true)
    })
  })

  it('sends the very same once more when the answer was lost on the way', async () => {
    const file = aCaseFile({ events: [aCaseEvent(), aCaseEvent({ seq: 4, kind: 'opened' })] })
    const path = `/desk/api/cases/${file.case.id}/supplement`
    let tries = 0
    const { page, asked } = await openCase(file, '/supplement', {
      [`POST ${path}`]: () => ((tries += 1) === 1 ? problemAnswer('unavailable', 503) : jsonAnswer(file)),
    })
    await page.find('#paper-giayChungSinh').setValue(true)
    await page.find('#supplement-message').setValue('Thiếu giấy chứng sinh.')
    await press(page, 'Tiếp tục')
    await press(page, 'Gửi yêu cầu bổ sung')
    await press(page, 'Thử lại')

    const same = { asOf: 4, message: 'Thiếu giấy chứng sinh.', papers: ['giayChungSinh'] }
    expect(asked.filter((one) => one.path === path).map(({ body }) => body)).toEqual([same, same])
    expect(page.text()).toContain('Đã gửi yêu cầu bổ sung.')
  })

  it('does not refuse without a reason', async () => {
    const { page, asked } = await openCase(aCaseFile(), '/refuse')

    await press(page, 'Tiếp tục')

    expect(page.find('#refuse-message-problem').text()).toContain('Vui lòng ghi lý do')
    expect(asked.some(({ method }) => method === 'POST')).toBe(false)
  })

  it('warns before a second request for a supplement and offers the published papers only', async () => {
    const file = aCaseFile({
      case: aCaseRow({ status: 'supplementAsked' }),
      events: [aCaseEvent({ seq: 2, kind: 'supplementAsked', by: 'lan', note: 'Thiếu giấy chứng sinh' })],
    })

    const { page } = await openCase(file, '/supplement')

    expect(page.text()).toContain('Theo quy định chỉ yêu cầu một lần')
    expect(page.findAll('input[type="checkbox"]')).toHaveLength(13)
  })

  it('keeps a sentence of an officer whose session ended, and of nobody else', async () => {
    const { desk, page } = await openCase(aCaseFile(), '/refuse')
    const [id = ''] = [/cases\/([^/]+)\//.exec(page.vm.$route.path)?.[1]]

    await page.find('#refuse-message').setValue('Thiếu chữ ký')

    expect(desk.unsent.find('lan', `${id}/refuse`)).toBe('Thiếu chữ ký')
    expect(desk.unsent.find('hoa', `${id}/refuse`)).toBe('')
  })

  it('offers no act for a case that cannot be opened', async () => {
    const file = aCaseFile({ case: aCaseRow({ status: 'inQuarantine', marks: ['unreadable'], subject: null }), application: null, trouble: 'shape' })

    const { page } = await openCase(file)

    expect(page.text()).toContain('Không mở được nội dung hồ sơ')
    expect(page.findAll('button').map((button) => button.text())).not.toContain('Cho vào hàng chờ xem')
  })
})

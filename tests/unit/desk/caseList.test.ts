import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { CaseRow } from '../../../core/wire/desk.ts'
import ListPage from '../../../desk/parts/ListPage.vue'
import { aCaseRow, aDesk, deskNow, jsonAnswer, mountAtDesk } from '../../support/deskCases.ts'
import { anId } from '../../support/office.ts'

const aRow = (subject: string, changes: Partial<CaseRow> = {}): CaseRow => aCaseRow({ id: anId(), subject, ...changes })
/** A page of the list as the office answers it. */
const aPage = (cases: readonly CaseRow[], open: number, next: string | null = null) => ({ cases, counts: { open, quarantine: 0, decided: 0 }, next })

/** The list of open cases at 10:00; what the office has may be changed between its looks. */
async function atList(pages: Record<string, ReturnType<typeof aPage>>) {
  const office = { pages, reachable: true }
  const { desk, asked } = aDesk({
    'GET /desk/api/inbox': () => {
      if (!office.reachable) throw new TypeError('Failed to fetch')
      return jsonAnswer(office.pages[new URLSearchParams(asked.at(-1)?.path.split('?')[1]).get('after') ?? ''])
    },
  })
  const world = { nowMs: deskNow, look: (): void => undefined }
  const { page } = mountAtDesk(ListPage, {
    ...desk,
    now: () => world.nowMs,
    every(_spanMs, call) {
      world.look = call
      return () => undefined
    },
  }, { list: 'open' })
  await flushPromises()
  const press = async (name: string): Promise<void> => {
    await page.findAll('button').find((button) => button.text() === name)?.trigger('click')
    await flushPromises()
  }
  async function passMinutes(minutes: number): Promise<void> {
    world.nowMs += minutes * 60_000
    world.look()
    await flushPromises()
  }
  const subjects = (): string[] => page.findAll('.subject').map((subject) => subject.text())
  return { office, page, press, passMinutes, subjects }
}

afterEach(() => {
  document.body.replaceChildren()
})

describe('a list of cases that stays open', () => {
  it('follows the office, and says when it last did', async () => {
    const { office, page, passMinutes, subjects } = await atList({ '': aPage([aRow('Lê An')], 1) })
    expect(page.text()).toContain('Cập nhật lúc 10:00')
    office.pages = { '': aPage([aRow('Lê An'), aRow('Lê Bình')], 2) }

    await passMinutes(5)

    expect(subjects()).toEqual(['LÊ AN', 'LÊ BÌNH'])
    expect(page.text()).toContain('Cập nhật lúc 10:05')
  })

  it('never gives rows of 10:00 a later time, once more of them were opened', async () => {
    const [an, binh, chi] = [aRow('Lê An'), aRow('Lê Bình'), aRow('Lê Chi')]
    const { office, page, press, passMinutes, subjects } = await atList({ '': aPage([an], 2, 'an'), an: aPage([binh], 2) })
    await press('Xem thêm')
    await passMinutes(1)
    expect(page.text()).not.toContain('Danh sách đã thay đổi')

    office.pages = { '': aPage([binh], 2, 'binh'), binh: aPage([chi], 2) }
    await passMinutes(31)

    expect(subjects()).toEqual(['LÊ AN', 'LÊ BÌNH'])
    expect(page.text()).toContain('Cập nhật lúc 10:00')
    expect(page.text()).toContain('Danh sách đã thay đổi')

    await press('Xem danh sách mới nhất')
    expect(subjects()).toEqual(['LÊ BÌNH'])
    expect(page.text()).toContain('Cập nhật lúc 10:32')
    expect(page.text()).not.toContain('Danh sách đã thay đổi')
    expect(document.activeElement?.textContent).toContain('LÊ BÌNH')
  })

  it('offers the newest also when only what lies beyond the first page has changed', async () => {
    const [an, binh, chi] = [aRow('Lê An'), aRow('Lê Bình'), aRow('Lê Chi')]
    const { office, page, press, passMinutes } = await atList({ '': aPage([an], 2, 'an'), an: aPage([binh], 2) })
    await press('Xem thêm')
    office.pages = { '': aPage([an], 3, 'an'), an: aPage([binh, chi], 3) }

    await passMinutes(1)

    expect(page.text()).toContain('Danh sách đã thay đổi')
  })

  it('keeps its rows when the office could not be asked again, and says of when they are', async () => {
    const { office, page, passMinutes, subjects } = await atList({ '': aPage([aRow('Lê An')], 1) })
    office.reachable = false

    await passMinutes(7)
    expect(subjects()).toEqual(['LÊ AN'])
    expect(page.text()).toContain('Danh sách này là của lúc 10:00')

    office.reachable = true
    await passMinutes(1)
    expect(page.text()).not.toContain('Danh sách này là của lúc')
    expect(page.text()).toContain('Cập nhật lúc 10:08')
  })

  it('does not say that nothing waits when it could not ask', async () => {
    const { office, page, passMinutes } = await atList({ '': aPage([], 0) })
    office.reachable = false

    await passMinutes(7)

    expect(page.text()).toContain('Danh sách này là của lúc 10:00')
  })

  it('keeps its rows when no more could be had', async () => {
    const { office, page, press, subjects } = await atList({ '': aPage([aRow('Lê An')], 2, 'an'), an: aPage([aRow('Lê Bình')], 2) })
    office.reachable = false
    await press('Xem thêm')
    expect(subjects()).toEqual(['LÊ AN'])
    expect(page.text()).toContain('Không liên lạc được với Trung tâm')

    office.reachable = true
    await press('Thử lại')
    expect(subjects()).toEqual(['LÊ AN', 'LÊ BÌNH'])
    expect(page.text()).not.toContain('Không liên lạc được với Trung tâm')
  })
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Inbox } from '../../../../core/wire/desk.ts'
import { addDemo } from '../../../../server/start/demo.ts'
import { aWholeOffice, changes, countRows, type WholeOffice } from '../../../support/wholeOffice.ts'
import { anOfficer } from '../../../support/wholeTablet.ts'

let whole: WholeOffice
beforeAll(async () => {
  whole = await aWholeOffice()
})
afterAll(() => whole.close())

it('marks every demo case, makes no officer, and adds nothing the second time', async () => {
  await addDemo(whole, whole.app, () => undefined)
  const officers = await whole.office.accounts.exist()
  const before = await countRows(whole)
  await addDemo(whole, whole.app, () => undefined)
  const again = changes(before, await countRows(whole))
  const officer = await anOfficer(whole)
  const lists = await Promise.all(['open', 'quarantine', 'decided'].map(async (list) => (await (await officer.get(`/inbox?list=${list}`)).json()) as Inbox))

  expect(officers).toBe(false)
  expect(again).toEqual({})
  expect(lists[0]?.counts).toEqual({ open: 5, quarantine: 1, decided: 3 })
  expect(lists.flatMap(({ cases }) => cases).every(({ marks, tablet }) => marks.includes('demo') && tablet === 'DM')).toBe(true)
})

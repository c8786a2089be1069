// An office that is put back has forgotten which numbers it gave since its backup. None of them may be given again: by a
// tablet's number two citizens would hold the same code, by a lower epoch tablets would pass over what the office says.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { makeLocalCode } from '../../core/identity/localCode.ts'
import { makeTicket } from '../../server/people/tickets.ts'
import { putsBack, takesBackup, type Backup } from '../support/backups.ts'
import { aDevice, type TestDevice } from '../support/office.ts'
import { aWholeOffice, type WholeOffice } from '../support/wholeOffice.ts'
import { aTablet, enrol } from '../support/wholeTablet.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function anOpenOffice(): Promise<WholeOffice> {
  const whole = await aWholeOffice()
  closing.push(() => whole.close())
  return whole
}

async function backsUp(whole: WholeOffice): Promise<Backup> {
  const dir = mkdtempSync(join(tmpdir(), 'tiepsuc-backup-'))
  closing.push(() => rmSync(dir, { recursive: true, force: true }))
  return takesBackup(whole, dir)
}

async function isPutBack(backup: Backup): Promise<WholeOffice> {
  const again = await putsBack(backup)
  closing.push(() => again.close())
  return again
}

/** The number that the office gives this tablet. */
async function numberOf(whole: WholeOffice, device: TestDevice): Promise<string> {
  const { secret } = await makeTicket(whole.office, { kind: 'enrol', confirmed: true, volunteer: null })
  return ((await (await enrol(whole, device, secret)).json()) as { number: string }).number
}

async function numbersOfVolunteers({ office }: WholeOffice): Promise<string[]> {
  const rows = await office.db.selectFrom('volunteers').select('number').orderBy('created_at').orderBy('number').execute()
  return rows.map(({ number }) => number)
}

const tenthToday = (device: string): string => makeLocalCode({ device, date: '2026-11-24', sequence: 10 })

it('gives a tablet that enrols again no number under which another made slips after the backup', { timeout: 60_000 }, async () => {
  const first = await anOpenOffice()
  for (let known = 0; known < 2; known += 1) await aTablet(first)
  const backup = await backsUp(first)
  const [one, other] = [await aDevice(), await aDevice()]
  const before = [await numberOf(first, one), await numberOf(first, other)]

  const again = await isPutBack(backup)
  // The other tablet is the first to come back: what would be its number is on the slips of the one.
  const after = [await numberOf(again, other), await numberOf(again, one)]

  expect(before).toEqual(['03', '04'])
  expect(before.map(tenthToday).filter((code) => after.map(tenthToday).includes(code))).toEqual([])
})

it('gives no volunteer the number of one who came after the backup', { timeout: 60_000 }, async () => {
  const first = await anOpenOffice()
  await aTablet(first)
  const backup = await backsUp(first)
  await aTablet(first)
  const again = await isPutBack(backup)
  await aTablet(again)

  const [kept, ...came] = await numbersOfVolunteers(first)
  const [stillThere, ...fresh] = await numbersOfVolunteers(again)
  expect([came, stillThere]).toEqual([['TNV-002'], kept])
  expect(fresh.filter((number) => came.includes(number))).toEqual([])
})

it('gives none twice when the backup knew of no tablet and no volunteer yet', { timeout: 60_000 }, async () => {
  const first = await anOpenOffice()
  const backup = await backsUp(first)
  const before = await numberOf(first, await aDevice())

  expect(await numberOf(await isPutBack(backup), await aDevice())).not.toBe(before)
})

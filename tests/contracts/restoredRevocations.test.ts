// What officers ended after the backup is in force again when it is put back. The office cannot know what that was: it says so
// to whoever restores, and to every officer until one of them has ended it again.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { officeShape } from '../../core/wire/desk.ts'
import { restore } from '../../server/cli/office/restore.ts'
import { aBareMachine, triesBackup, takesBackup, type Backup } from '../support/backups.ts'
import { aWholeOffice, origin, type WholeOffice } from '../support/wholeOffice.ts'
import { aTablet, anOfficer, signedRequest, type Tablet } from '../support/wholeTablet.ts'

let folder: string
let first: WholeOffice
let tablet: Tablet
let backup: Backup
let again: WholeOffice
let said: string[]

/** The office as its escrow key opens it, put back by the very command. */
async function isPutBack(dir: string): Promise<{ office: WholeOffice; said: string[] }> {
  const machine = await aBareMachine()
  const heard: string[] = []
  const say = (line: string): void => void heard.push(line)
  const environment = { DATABASE_URL: machine.database.url, DATA_DIR: join(machine.folder, 'data'), PUBLIC_ORIGINS: origin, LOG_LEVEL: 'silent' }
  const escrow = join(first.office.config.dataFolder, 'take-offline', 'escrow.jwe')
  const code = await restore.run([dir, '--escrow', escrow], { environment, say, complain: say, askSecret: () => Promise.resolve(first.passphrase) })
  expect([code, heard]).toEqual([0, expect.anything()])
  return { office: await aWholeOffice({ at: machine }), said: heard }
}

async function signsIn(whole: WholeOffice) {
  const body = JSON.stringify({ username: 'can.bo', password: 'mot-mat-khau-dai' })
  const answer = await whole.ask('/desk/api/sign-in', { method: 'POST', headers: { Origin: origin }, body })
  const headers = { Origin: origin, Cookie: answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ') }
  const parsed = async (asked: Promise<Response>) => v.parse(officeShape, await (await asked).json())
  return {
    status: answer.status,
    seesOffice: () => parsed(whole.ask('/desk/api/office', { headers })),
    saysReviewed: () => parsed(whole.ask('/desk/api/office/reviewed', { method: 'POST', headers, body: '{}' })),
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tiepsuc-backups-'))
  first = await aWholeOffice()
  tablet = await aTablet(first)
  const officer = await anOfficer(first)
  backup = await takesBackup(first, join(folder, 'first'))
  await officer.post(`/devices/${tablet.device.device}/revoke`)
  await officer.post(`/volunteers/${tablet.volunteer}/revoke`)
  const put = await isPutBack(backup.dir)
  again = put.office
  said = put.said
}, 120_000)
afterAll(async () => {
  await again.close()
  await first.close()
  rmSync(folder, { recursive: true, force: true })
})

it('is in force again', async () => {
  const feed = '/api/v1/feed?after=0'

  expect((await signedRequest(first, tablet.device, 'GET', feed)).status).not.toBe(200)
  expect((await signedRequest(again, tablet.device, 'GET', feed)).status).toBe(200)
})

it('is said to whoever restores, with the time of the backup', () => {
  const { at } = backup.manifest

  expect(said.join('\n')).toContain(`What was ended after ${at} is in force again: look through tablets, volunteers and officers at the desk, and end it again.`)
})

describe('the desk', () => {
  it('warns every officer, with the time of the backup, and not in an office that was never put back', async () => {
    const [here, there] = [await (await signsIn(again)).seesOffice(), await (await signsIn(first)).seesOffice()]

    expect(here.warnings).toContain('restored')
    expect(here.restoredFrom).toBe(backup.manifest.at)
    expect([there.warnings.includes('restored'), there.restoredFrom]).toEqual([false, undefined])
  })

  it('goes on warning of the older backup when the office is put back once more before anybody looked', { timeout: 60_000 }, async () => {
    again.time.nowMs += 3_600_000
    expect((await triesBackup(again, join(folder, 'second'))).ok).toBe(true)
    const { office: third } = await isPutBack(join(folder, 'second'))
    const officer = await signsIn(third)
    const before = await officer.seesOffice()
    const after = await officer.saysReviewed()
    await third.close()

    expect(before.restoredFrom).toBe(backup.manifest.at)
    expect(after.warnings).not.toContain('restored')
  })

  it('warns until one officer says that it was done, and keeps who and when', async () => {
    const officer = await signsIn(again)
    const atMs = again.office.clock.now()
    const after = await officer.saysReviewed()
    again.time.nowMs += 60_000
    const twice = await officer.saysReviewed()

    expect([after.warnings.includes('restored'), after.restoredFrom]).toEqual([false, undefined])
    expect(twice.warnings).not.toContain('restored')
    expect(await again.office.db.selectFrom('restores').select(['reviewed_by', 'reviewed_at']).execute()).toEqual([{ reviewed_by: 'can.bo', reviewed_at: atMs }])
  })

  it('takes that word from officers only', async () => {
    const answer = await again.ask('/desk/api/office/reviewed', { method: 'POST', headers: { Origin: origin }, body: '{}' })

    expect(answer.status).toBe(401)
  })
})

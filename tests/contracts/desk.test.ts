// What an officer sees and decides.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replyShape } from '../../core/application/reply.ts'
import { openReply } from '../../core/sealing/reply.ts'
import * as v from 'valibot'
import { caseShape, devicesShape, inboxShape, officeShape, searchShape, volunteersShape, type CaseFile, type Inbox } from '../../core/wire/desk.ts'
import { aWholeOffice, changes, countRows, type WholeOffice } from '../support/wholeOffice.ts'
import { anOfficer, aTablet, kindIn, put, rightAnswers, sealedBy, type EnvelopeChanges, type Tablet } from '../support/wholeTablet.ts'
import { repliesAfter } from '../../server/ledger/readAfter.ts'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

let whole: WholeOffice
let tablet: Tablet
let officer: Awaited<ReturnType<typeof anOfficer>>

beforeAll(async () => {
  whole = await aWholeOffice()
  tablet = await aTablet(whole)
  officer = await anOfficer(whole)
})
afterAll(() => whole.close())

const accepted = { code: 'H57.45-261124-0007', resultOn: '2026-11-25' }
const saw = async (answer: Response) => [answer.status, answer.ok ? 'ok' : await kindIn(answer)]

async function aCase(changed: EnvelopeChanges = {}) {
  const envelope = await sealedBy(whole, tablet, changed)
  await put(whole, envelope)
  await whole.opener.settled()
  return envelope
}

const lastReply = async ({ id, application }: Awaited<ReturnType<typeof aCase>>) => {
  const page = await repliesAfter(whole.office.db, tablet.device.device, 0)
  const sealed = page.events.filter((event) => event.id === id).at(-1)?.sealed ?? ''
  const reply = await openReply(sealed, application.replyKey, replyShape)
  return reply.ok ? reply.value : reply.failure
}

it('reads a case in the words of its pack, with expected date and badge', async () => {
  const { id } = await aCase()
  const file = v.parse(caseShape, await (await officer.get(`/cases/${id}`)).json())

  expect(file.application?.answers).toEqual(rightAnswers())
  expect(file.badge).toEqual({ name: 'Lê Thị Hoa', number: 'TNV-001', state: 'valid' })
  expect(file.expected).toEqual({ resultOn: '2026-11-25', calendarConfirmed: true, confirmedUntil: '2026-12-31' })
  expect(file.case.procedure).toBe('Thủ tục đăng ký khai sinh')
  expect(file.problems.filter(({ level }) => level === 'error')).toEqual([])
  expect(Object.keys(file.pack?.texts ?? {})).toContain('vi')
})

it('accepts once: one event, one reply; again the same is the same, otherwise a conflict', async () => {
  const one = await aCase()
  const before = await countRows(whole)
  const first = await officer.decide(one.id, 'accept', accepted)
  const again = await officer.decide(one.id, 'accept', accepted)
  const other = await officer.decide(one.id, 'accept', { ...accepted, resultOn: '2026-11-26' })
  const refused = await officer.decide(one.id, 'refuse', { message: 'không' })

  expect([first.status, again.status]).toEqual([200, 200])
  expect(await saw(other)).toEqual([409, 'conflict'])
  expect(await saw(refused)).toEqual([409, 'conflict'])
  expect(changes(before, await countRows(whole))).toEqual({ events: 1, search_keys: 1 })
  expect(await lastReply(one)).toEqual({ kind: 'accepted', at: '2026-11-24T03:00:00.000Z', ...accepted })
})

it('lets one of two officers win who decide at once', async () => {
  const { id } = await aCase()
  const answers = await Promise.all([
    officer.decide(id, 'refuse', { message: 'thiếu giấy' }),
    officer.decide(id, 'accept', { ...accepted, code: 'H57.45-261124-0008' }),
  ])

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
})

describe('one official code for two cases', () => {
  const code = 'H57.45-261124-0042'
  const body = { code, resultOn: '2026-11-25' }

  it('is refused as codeTaken and changes nothing, until an officer confirms that both bear it', async () => {
    const [first, second] = [await aCase(), await aCase()]
    await officer.decide(first.id, 'accept', body)
    const before = await countRows(whole)
    const taken = await officer.decide(second.id, 'accept', body)
    const unmoved = changes(before, await countRows(whole))
    const denied = await officer.decide(second.id, 'accept', { ...body, sameCodeConfirmed: false })
    const confirmed = await officer.decide(second.id, 'accept', { ...body, sameCodeConfirmed: true })
    const again = await officer.decide(first.id, 'accept', body)

    expect([await saw(taken), await saw(denied)]).toEqual([[409, 'codeTaken'], [409, 'codeTaken']])
    expect(unmoved).toEqual({})
    expect([confirmed.status, again.status]).toEqual([200, 200])
    expect(((await confirmed.json()) as CaseFile).case).toMatchObject({ status: 'accepted', officialCode: code })
  })

  it('is told to the second of two officers who give it at once', async () => {
    const cases = [await aCase(), await aCase()]
    const answers = await Promise.all(cases.map(({ id }) => officer.decide(id, 'accept', { ...body, code: 'H57.45-261124-0043' })))

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('is not taken by what a tablet calls its own case', async () => {
    await aCase({ application: { localCode: 'H57.45-261124-0044' } })
    const one = await aCase()
    const answer = await officer.decide(one.id, 'accept', { ...body, code: 'H57.45-261124-0044' })

    expect(answer.status).toBe(200)
  })
})

it.each([
  ['pattern', { ...accepted, code: 'abc' }, 'code.pattern'],
  ['date', { ...accepted, code: 'H57.45-261324-0007' }, 'code.date'],
  ['future', { ...accepted, code: 'H57.45-261125-0007' }, 'code.future'],
  ['local code', { ...accepted, code: 'TN-03-261124-001K' }, 'code.localCode'],
  ['result date in the past', { ...accepted, resultOn: '2026-11-23' }, 'resultOn.past'],
  ['result date that is none', { ...accepted, resultOn: '2026-02-30' }, 'resultOn.past'],
])('refuses a wrong %s before anything is appended', async (_, body, detail) => {
  const { id } = await aCase()
  const before = await countRows(whole)
  const answer = await officer.decide(id, 'accept', body)

  expect(answer.status).toBe(422)
  expect(await answer.json()).toMatchObject({ title: 'answersInvalid', detail })
  expect(changes(before, await countRows(whole))).toEqual({})
})

it('asks for a supplement, and may still accept or refuse afterwards', async () => {
  const one = await aCase()
  const asked = (await (await officer.decide(one.id, 'supplement', { message: 'Ông/Bà bổ sung giấy chứng sinh.', papers: ['chungSinh'] })).json()) as CaseFile
  const reply = await lastReply(one)
  const refused = (await (await officer.decide(one.id, 'refuse', { message: 'Không thuộc thẩm quyền.' })).json()) as CaseFile

  expect(asked.case.status).toBe('supplementAsked')
  expect(reply).toEqual({ kind: 'supplementAsked', at: '2026-11-24T03:00:00.000Z', message: 'Ông/Bà bổ sung giấy chứng sinh.', papers: ['chungSinh'] })
  expect(refused.case.status).toBe('refused')
  expect(refused.events.slice(-2)).toMatchObject([
    { kind: 'supplementAsked', by: 'can.bo', note: 'Ông/Bà bổ sung giấy chứng sinh.' },
    { kind: 'refused', by: 'can.bo', note: 'Không thuộc thẩm quyền.' },
  ])
})

it.each(['/cases/khong-co/accept', '/cases/01930000-0000-7000-8000-000000000001/accept', '/devices/x/confirm', '/volunteers/x/code'])('answers notFound to %s', async (path) => {
  expect(await saw(await officer.post(path, { asOf: 1, ...accepted }))).toEqual([404, 'notFound'])
})

it('finds a case by number, phone, codes, full name, and given name with year; by no single other word', async () => {
  const one = await aCase({
    application: {
      localCode: 'TN-07-261124-009X',
      answers: { ...rightAnswers(), 'con.hoTen': 'Tôn Nữ Thị Lệ Hằng', 'me.pid': '046190777777', 'nyc.dienThoai': '0912000111', 'con.ngaySinh': '2026-11-05' },
    },
  })
  await officer.decide(one.id, 'accept', { code: 'H57.45-261124-0099', resultOn: '2026-11-25' })
  const finds = async (query: string) => {
    const found = v.parse(searchShape, await (await officer.post('/search', { q: query })).json())
    return found.cases.some(({ id }) => id === one.id)
  }

  const yes = ['046190777777', '046 190 777 777', '0912000111', '+84 912 000 111', 'tn-07-261124-009x', 'H57.45-261124-0099', 'ton nu thi le hang', 'Tôn Nữ Thị Lệ Hằng', 'Hằng 2026']
  const no = ['Hằng', 'Tôn', 'Thị', 'Hằng 2025', '046190777778', '']
  expect(await Promise.all(yes.map(finds))).toEqual(yes.map(() => true))
  expect(await Promise.all(no.map(finds))).toEqual(no.map(() => false))
})

it('shows open cases oldest first, in pages', async () => {
  const fresh = await aWholeOffice()
  const itsTablet = await aTablet(fresh)
  const itsOfficer = await anOfficer(fresh)
  const ids: string[] = []
  for (let at = 0; at < 53; at += 1) {
    fresh.time.nowMs += 1000
    const envelope = await sealedBy(fresh, itsTablet, { seq: at + 1 })
    await put(fresh, envelope)
    ids.push(envelope.id)
  }
  await fresh.opener.settled()
  const first = v.parse(inboxShape, await (await itsOfficer.get('/inbox?list=open')).json())
  const second = v.parse(inboxShape, await (await itsOfficer.get(`/inbox?list=open&after=${first.next ?? ''}`)).json())

  expect(first.counts).toEqual({ open: 53, quarantine: 0, decided: 0 })
  expect([...first.cases, ...second.cases].map(({ id }) => id)).toEqual(ids)
  expect(second.next).toBeNull()
  await fresh.close()
})

it('marks gaps and forks of a tablet and refuses neither', async () => {
  const one = await aCase({ seq: 501 })
  const two = await aCase({ seq: 503 })
  const three = await aCase({ seq: 503 })
  const rows = ((await (await officer.get('/inbox?list=open')).json()) as Inbox).cases
  const marks = [one, two, three].map(({ id }) => rows.find((row) => row.id === id)?.marks)

  expect(marks).toEqual([['sequenceGap'], ['sequenceGap', 'sequenceFork'], ['sequenceGap', 'sequenceFork']])
})

it('warns until root and escrow are off this machine', async () => {
  const before = v.parse(officeShape, await (await officer.get('/office')).json())
  await rm(join(whole.office.config.dataFolder, 'take-offline'), { recursive: true })
  const after = v.parse(officeShape, await (await officer.get('/office')).json())

  expect(before.warnings).toContain('takeOffline')
  expect(before.takeOfflineFolder).toBe(join(whole.office.config.dataFolder, 'take-offline'))
  expect(after.warnings).not.toContain('takeOffline')
  expect(after.takeOfflineFolder).toBeNull()
})

it('warns plainly while there is no backup, and again when the newest is older than a day', async () => {
  const officeNow = async () => v.parse(officeShape, await (await officer.get('/office')).json())
  const { epoch, clock, db } = whole.office
  const backedUp = (at: number) => db.insertInto('backups').values({ epoch: epoch.id, head: 0, at, verified_at: at }).execute()
  const none = await officeNow()
  await backedUp(clock.now() - 24 * 3_600_000 - 1)
  const old = await officeNow()
  await backedUp(clock.now() - 24 * 3_600_000)
  const fresh = await officeNow()

  expect([none.warnings, none.lastBackupAt]).toEqual([expect.arrayContaining(['noBackup']), undefined])
  expect(old.warnings).toContain('backupOld')
  expect(old.warnings).not.toContain('noBackup')
  expect(fresh.warnings.filter((warning) => warning.includes('ackup'))).toEqual([])
  expect(fresh.lastBackupAt).toBe(new Date(clock.now() - 24 * 3_600_000).toISOString())
})

it('warns when a date given out today would reach days off that nobody has announced', async () => {
  const warned = async (at: string) => {
    whole.time.nowMs = Date.parse(at)
    return v.parse(officeShape, await (await officer.get('/office')).json()).warnings.includes('calendarUnconfirmed')
  }
  const startMs = whole.time.nowMs
  // The longest term on offer is thirty working days; the days off of 2026 are announced, those of 2027 are not.
  const seen = [await warned('2026-09-21T03:00:00.000Z'), await warned('2026-12-31T08:00:00.000Z')]
  whole.time.nowMs = startMs

  expect(seen).toEqual([false, true])
})

it('lists tablets and volunteers in the shapes that the desk reads', async () => {
  await officer.post('/volunteers', { name: '  Nguyễn   Thị\u0000Mai ' })
  const devices = v.parse(devicesShape, await (await officer.get('/devices')).json())
  const people = v.parse(volunteersShape, await (await officer.get('/volunteers')).json())

  expect(devices.devices[0]).toMatchObject({ number: '01', state: 'active', words: null })
  expect(people.volunteers.map(({ number, name, badges }) => [number, name, badges])).toEqual([
    ['TNV-001', 'Lê Thị Hoa', 1],
    ['TNV-002', 'Nguyễn Thị Mai', 0],
  ])
})

it('opens again what waited for its pack, once the pack is there', async () => {
  const { retryUnknownPacks } = await import('../../server/intake/open.ts')
  const { makeShelf } = await import('../../server/packs/shelf.ts')
  const { openNext } = await import('../../server/intake/open.ts')
  const one = await aCase({ application: { packDigest: 'other' } })
  const before = ((await (await officer.get(`/cases/${one.id}`)).json()) as CaseFile).events.map(({ kind }) => kind)
  const known = whole.office.packs.offered().map((pack) => ({ ...pack, digest: 'other' }))
  const later = { ...whole.office, packs: makeShelf(known, null) }
  await retryUnknownPacks(later)
  while (await openNext(later));
  const after = ((await (await officer.get(`/cases/${one.id}`)).json()) as CaseFile).case

  expect(before).toEqual(['received', 'complete', 'packUnknown'])
  expect(after).toMatchObject({ status: 'beingChecked', subject: 'Nguyễn Đình Minh An' })
  expect(after.marks).not.toContain('packUnknown')
})

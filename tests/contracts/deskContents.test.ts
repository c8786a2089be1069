// What an officer is shown of a case beyond its form: both contents of a disputed id, a pack that has come since, names and notes.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { packRef } from '../../core/ids.ts'
import { caseShape, type CaseFile } from '../../core/wire/desk.ts'
import { packDigest } from '../../core/wire/packs.ts'
import { lockNote } from '../../server/cases/notes.ts'
import { anId } from '../support/office.ts'
import { birthAsPublished } from '../support/packs.ts'
import { aWholeOffice, changes, countRows, type WholeOffice } from '../support/wholeOffice.ts'
import { anOfficer, aTablet, put, rightAnswers, sealedBy, type EnvelopeChanges, type Tablet } from '../support/wholeTablet.ts'

let whole: WholeOffice
let tablet: Tablet
let other: Tablet
let officer: Awaited<ReturnType<typeof anOfficer>>
const procedures = mkdtempSync(join(tmpdir(), 'tiepsuc-procedures-'))

beforeAll(async () => {
  cpSync(join(import.meta.dirname, '../../procedures'), procedures, { recursive: true })
  whole = await aWholeOffice({ environment: { PROCEDURES_DIR: procedures } })
  tablet = await aTablet(whole)
  other = await aTablet(whole)
  officer = await anOfficer(whole)
})
afterAll(async () => {
  await whole.close()
  rmSync(procedures, { recursive: true, force: true })
})

const read = async (answer: Response): Promise<CaseFile> => v.parse(caseShape, await answer.json())
const caseOf = async (id: string): Promise<CaseFile> => read(await officer.get(`/cases/${id}`))

async function arrives(envelopeChanges: EnvelopeChanges, from: Tablet = tablet) {
  const envelope = await sealedBy(whole, from, envelopeChanges)
  await put(whole, envelope)
  await whole.opener.settled()
  return envelope
}

it('shows both contents of a disputed id, each with its facts and its own helper', async () => {
  const id = anId()
  const first = await arrives({ application: { id }, seq: 3 })
  const second = await arrives({ application: { id, answers: { ...rightAnswers(), 'con.hoTen': 'Hồ Văn Thử' } }, seq: 8 }, other)

  const file = await caseOf(id)

  expect([file.digest, file.sequence, file.case.tablet]).toEqual([first.digest, 3, '01'])
  expect(file.disputes).toMatchObject([{ digest: second.digest, sequence: 8, tablet: '02', at: '2026-11-24T03:00:00.000Z' }])
  expect(file.disputes[0]?.content?.application?.answers['con.hoTen']).toBe('Hồ Văn Thử')
  expect(file.disputes[0]?.content?.badge).toMatchObject({ number: 'TNV-002', state: 'valid' })
  expect(file.application?.answers).toEqual(rightAnswers())
})

it('does not miss an application that came and is disputed', async () => {
  const id = anId()
  await arrives({ application: { id }, seq: 21 })
  await arrives({ application: { id, answers: { ...rightAnswers(), 'con.hoTen': 'Hồ Văn Thử' } }, seq: 31 }, other)
  const next = await arrives({ seq: 32 }, other)
  const later = await arrives({ seq: 34 }, other)

  expect((await caseOf(next.id)).case.marks).not.toContain('sequenceGap')
  expect((await caseOf(later.id)).case.marks).toContain('sequenceGap')
})

it('keeps every content under one id and opens the first three', async () => {
  const id = anId()
  for (let seq = 1; seq <= 5; seq += 1) await arrives({ application: { id }, seq })

  const { disputes } = await caseOf(id)

  expect(disputes).toHaveLength(4)
  expect(disputes.filter(({ content }) => content !== null)).toHaveLength(3)
})

it('says why another content cannot be opened', async () => {
  const id = anId()
  await arrives({ application: { id } })
  await arrives({ application: { id }, bytes: new Uint8Array([1, 2, 3]), seq: 2 })

  expect((await caseOf(id)).disputes[0]?.content).toMatchObject({ application: null, trouble: expect.any(String) })
})

it('names the procedure in every language of its pack, and an unknown one by its code alone', async () => {
  const known = await caseOf((await arrives({})).id)
  const unknown = await caseOf((await arrives({ application: { pack: packRef('9.000000', '1.0.0') } })).id)

  expect(known.case.procedureNames).toEqual({ vi: 'Thủ tục đăng ký khai sinh', en: 'Birth registration' })
  expect([unknown.case.procedure, unknown.case.procedureNames]).toEqual(['9.000000', {}])
})

it('keeps code and result date of an acceptance apart, and still reads those kept in one text', async () => {
  const { id } = await arrives({})
  const accepted = await read(await officer.decide(id, 'accept', { code: 'H57.45-261124-0071', resultOn: '2026-11-25' }))
  const apart = { kind: 'accepted', note: null, code: 'H57.45-261124-0071', resultOn: '2026-11-25' }
  expect(accepted.events.at(-1)).toMatchObject(apart)

  const body = lockNote(whole.office.keys.blobs, id, 'H57.45-261124-0071 · 2026-11-25')
  await whole.office.db.updateTable('events').set({ body }).where('id', '=', id).where('kind', '=', 'accepted').execute()
  expect((await caseOf(id)).events.at(-1)).toMatchObject(apart)
})

it.each(['Thiếu giấy chứng sinh.', '{"message":1}', 'null'])('still reads a request for a supplement that was kept as its bare message: %s', async (message) => {
  const { id } = await arrives({})
  await officer.decide(id, 'supplement', { message: 'Thiếu.', papers: ['giayChungSinh'] })
  const body = lockNote(whole.office.keys.blobs, id, message)
  await whole.office.db.updateTable('events').set({ body }).where('id', '=', id).where('kind', '=', 'supplementAsked').execute()

  expect((await caseOf(id)).events.at(-1)).toMatchObject({ kind: 'supplementAsked', note: message, papers: [] })
})

/** The birth pack again under a later version, written into the office's folder when `comes` is called. */
async function aLaterPack() {
  const ref = packRef('1.001193', '1.0.9')
  const folder = join(procedures, '1.001193', '1.0.9')
  const content = { ...(birthAsPublished.content as object), version: '1.0.9' }
  const { texts } = birthAsPublished
  return {
    ref,
    digest: await packDigest({ pack: ref, content, texts }),
    comes: () => {
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'pack.json'), JSON.stringify(content))
      for (const [locale, words] of Object.entries(texts)) writeFileSync(join(folder, `texts.${locale}.json`), JSON.stringify(words))
    },
  }
}

it('opens a case that waited for its pack as soon as an officer asks, without a new start', async () => {
  const pack = await aLaterPack()
  const { id } = await arrives({ application: { pack: pack.ref, packDigest: pack.digest } })
  const before = await countRows(whole)
  const still = await read(await officer.post(`/cases/${id}/open`, {}))
  expect([still.case.status, still.pack, changes(before, await countRows(whole))]).toEqual(['inQuarantine', null, {}])

  pack.comes()
  const opened = await read(await officer.post(`/cases/${id}/open`, {}))

  expect([opened.case.status, opened.case.marks]).toEqual(['beingChecked', expect.not.arrayContaining(['packUnknown'])])
  expect(opened.events.map(({ kind }) => kind)).toEqual(['received', 'complete', 'packUnknown', 'opened'])
})

it('changes nothing when an opened case is opened again', async () => {
  const { id } = await arrives({})
  const before = await countRows(whole)

  expect((await officer.post(`/cases/${id}/open`, {})).status).toBe(200)
  expect(changes(before, await countRows(whole))).toEqual({})
})

it.each(['khong-co', '01930000-0000-7000-8000-000000000001'])('answers notFound to opening %s', async (id) => {
  expect((await officer.post(`/cases/${id}/open`, {})).status).toBe(404)
})

// Two officers, an old page, an answer that was lost: a decision counts only for the case that the officer has seen.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replyShape } from '../../core/application/reply.ts'
import type { Status } from '../../core/application/status.ts'
import { openReply } from '../../core/sealing/reply.ts'
import { carrierType } from '../../core/wire/carrier.ts'
import type { CaseFile } from '../../core/wire/desk.ts'
import { writeEnvelope } from '../../core/wire/envelope.ts'
import { mayDecide } from '../../server/cases/decide.ts'
import { repliesAfter } from '../../server/ledger/readAfter.ts'
import { aWholeOffice, changes, countRows, origin, type WholeOffice } from '../support/wholeOffice.ts'
import { anOfficer, aTablet, kindIn, newestOf, put, sealedBy, type DeskAct, type Tablet } from '../support/wholeTablet.ts'

let whole: WholeOffice
let tablet: Tablet
let lan: Awaited<ReturnType<typeof anOfficer>>
let hoa: Awaited<ReturnType<typeof anOfficer>>

beforeAll(async () => {
  whole = await aWholeOffice()
  tablet = await aTablet(whole)
  lan = await anOfficer(whole, 'lan')
  hoa = await anOfficer(whole, 'hoa')
})
afterAll(() => whole.close())

const birthPaper = { message: 'Ông/Bà bổ sung giấy chứng sinh.', papers: ['giayChungSinh'] }
const marriagePaper = { message: 'Ông/Bà bổ sung giấy kết hôn.', papers: ['giayKetHon'] }
const accepted = { code: 'H57.45-261124-0107', resultOn: '2026-11-25' }
const saw = async (answer: Response) => (answer.ok ? answer.status : `${answer.status} ${await kindIn(answer)}`)

/** A case that was read and waits for an answer, and the newest event that pages opened now show. */
async function aReadCase() {
  const envelope = await sealedBy(whole, tablet)
  await put(whole, envelope)
  await whole.opener.settled()
  return { ...envelope, shown: await newestOf(whole, envelope.id) }
}
type Case = Awaited<ReturnType<typeof aReadCase>>

/** What the citizen reads: every answer to this case, in order. */
async function repliesTo({ id, application }: Case) {
  const { events } = await repliesAfter(whole.office.db, tablet.device.device, 0)
  const replies = await Promise.all(events.filter((event) => event.id === id).map(({ sealed }) => openReply(sealed, application.replyKey, replyShape)))
  return replies.flatMap((reply) => (reply.ok && reply.value.kind !== 'opened' ? [reply.value] : []))
}

describe('two officers have one case open', () => {
  it('the second who asks for a supplement is told, and the citizen reads the first request alone', async () => {
    const one = await aReadCase()
    const first = await lan.decide(one.id, 'supplement', birthPaper, one.shown)
    const before = await countRows(whole)
    const second = await hoa.decide(one.id, 'supplement', marriagePaper, one.shown)

    expect([await saw(first), await saw(second)]).toEqual([200, '409 conflict'])
    expect(changes(before, await countRows(whole))).toEqual({})
    expect(await repliesTo(one)).toMatchObject([birthPaper])
  })

  it.each<[DeskAct, object]>([
    ['accept', accepted],
    ['refuse', { message: 'Không thuộc thẩm quyền.' }],
  ])('the one whose page does not show the request yet cannot %s', async (act, body) => {
    const one = await aReadCase()
    await lan.decide(one.id, 'supplement', birthPaper, one.shown)
    const before = await countRows(whole)
    const second = await hoa.decide(one.id, act, body, one.shown)

    expect(await saw(second)).toBe('409 conflict')
    expect(changes(before, await countRows(whole))).toEqual({})
    expect(await repliesTo(one)).toMatchObject([birthPaper])
  })

  it('the second may ask for more, or decide, once the first request has been seen', async () => {
    const one = await aReadCase()
    await lan.decide(one.id, 'supplement', birthPaper, one.shown)
    const both = { message: 'Ông/Bà bổ sung cả hai giấy.', papers: ['giayChungSinh', 'giayKetHon'] }
    const more = await hoa.decide(one.id, 'supplement', both)
    const refused = await lan.decide(one.id, 'refuse', { message: 'Quá hạn bổ sung.' })

    expect([more.status, refused.status]).toEqual([200, 200])
    expect((await repliesTo(one)).map(({ kind }) => kind)).toEqual(['supplementAsked', 'supplementAsked', 'refused'])
  })

  it('who presses at the same moment in the same words is still the second', async () => {
    const one = await aReadCase()
    const answers = await Promise.all([lan, hoa].map((officer) => officer.decide(one.id, 'supplement', birthPaper, one.shown)))

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await repliesTo(one)).toHaveLength(1)
  })

  it('sees in the case which papers the other has asked for', async () => {
    const one = await aReadCase()
    await lan.decide(one.id, 'supplement', birthPaper, one.shown)
    const file = (await (await hoa.get(`/cases/${one.id}`)).json()) as CaseFile

    expect(file.events.at(-1)).toMatchObject({ kind: 'supplementAsked', by: 'lan', note: birthPaper.message, papers: birthPaper.papers })
  })
})

describe('an officer whose answer was lost on the way', () => {
  it.each<[DeskAct, object]>([
    ['supplement', birthPaper],
    ['accept', { ...accepted, code: 'H57.45-261124-0108' }],
    ['refuse', { message: 'Không thuộc thẩm quyền.' }],
  ])('sends the same once more: %s is one event and one message', async (act, body) => {
    const one = await aReadCase()
    await lan.decide(one.id, act, body, one.shown)
    const before = await countRows(whole)
    const again = await lan.decide(one.id, act, body, one.shown)

    expect(await saw(again)).toBe(200)
    expect(changes(before, await countRows(whole))).toEqual({})
    expect(await repliesTo(one)).toHaveLength(1)
  })

  it('sends it twice at once, since the first try was only slow: one event', async () => {
    const one = await aReadCase()
    const answers = await Promise.all([1, 2].map(() => lan.decide(one.id, 'supplement', birthPaper, one.shown)))

    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(await repliesTo(one)).toHaveLength(1)
  })

  it('is told when the words are others now, or the papers', async () => {
    const one = await aReadCase()
    await lan.decide(one.id, 'supplement', birthPaper, one.shown)
    const words = await lan.decide(one.id, 'supplement', { ...birthPaper, message: 'Xin bổ sung.' }, one.shown)
    const papers = await lan.decide(one.id, 'supplement', { ...birthPaper, papers: [] }, one.shown)

    expect([await saw(words), await saw(papers)]).toEqual(['409 conflict', '409 conflict'])
    expect(await repliesTo(one)).toHaveLength(1)
  })

  it('is told when a colleague has answered since', async () => {
    const one = await aReadCase()
    await lan.decide(one.id, 'supplement', birthPaper, one.shown)
    await hoa.decide(one.id, 'supplement', marriagePaper)
    const again = await lan.decide(one.id, 'supplement', birthPaper, one.shown)

    expect(await saw(again)).toBe('409 conflict')
    expect(await repliesTo(one)).toHaveLength(2)
  })

  it('asks the same again from a page that shows the request: the law wants it asked once', async () => {
    const one = await aReadCase()
    await lan.decide(one.id, 'supplement', birthPaper, one.shown)
    const again = await lan.decide(one.id, 'supplement', birthPaper)

    expect(again.status).toBe(200)
    expect(await repliesTo(one)).toHaveLength(1)
  })
})

describe('a case in quarantine', () => {
  async function aQuarantinedCase() {
    const revoked = await aTablet(whole)
    await lan.post(`/devices/${revoked.device.device}/revoke`)
    const envelope = await sealedBy(whole, revoked)
    await whole.ask('/desk/api/carriers', { method: 'POST', headers: { Cookie: lan.cookie, Origin: origin, 'Content-Type': carrierType }, body: `${writeEnvelope(envelope)}\n` })
    await whole.opener.settled()
    return { id: envelope.id, shown: await newestOf(whole, envelope.id) }
  }

  it('is released once by whoever sends it again, and the second officer is told', async () => {
    const { id, shown } = await aQuarantinedCase()
    const first = await lan.decide(id, 'release', { note: 'đã hỏi' }, shown)
    const before = await countRows(whole)
    const again = await lan.decide(id, 'release', { note: 'đã hỏi' }, shown)
    const second = await hoa.decide(id, 'release', { note: 'đã hỏi' }, shown)

    expect([await saw(first), await saw(again), await saw(second)]).toEqual([200, 200, '409 conflict'])
    expect(changes(before, await countRows(whole))).toEqual({})
  })
})

it('a case that came back to quarantine after it was released may be released once more, in the same words', () => {
  const decided = { kind: 'released', by: 'lan', note: 'đã hỏi' } as const
  const again = (status: Status) => mayDecide({ kind: 'released', note: 'đã hỏi' }, { by: 'lan', asOf: 9 }, { status, newest: 9, decided })

  expect([again('inQuarantine'), again('beingChecked')]).toEqual(['append', 'same'])
})

describe('what a page has shown', () => {
  it('is older when something else has come since, such as another content under the same code', async () => {
    const one = await aReadCase()
    await put(whole, await sealedBy(whole, tablet, { application: { id: one.id }, header: { id: one.id } }))
    expect(await newestOf(whole, one.id)).toBeGreaterThan(one.shown)

    expect(await saw(await lan.decide(one.id, 'accept', { ...accepted, code: 'H57.45-261124-0109' }, one.shown))).toBe('409 conflict')
  })

  it('is no number of the future: a page from before the office was put back does not decide', async () => {
    const one = await aReadCase()

    expect(await saw(await lan.decide(one.id, 'refuse', { message: 'không' }, one.shown + 1))).toBe('409 conflict')
  })

  it.each<[DeskAct, object]>([
    ['accept', accepted],
    ['supplement', birthPaper],
    ['refuse', { message: 'không' }],
    ['release', { note: '' }],
  ])('has to be named: without it %s is malformed', async (act, body) => {
    const { id, shown } = await aReadCase()
    const answers = await Promise.all([body, { ...body, asOf: String(shown) }, { ...body, asOf: shown + 0.5 }, { ...body, asOf: -1 }].map((sent) => lan.post(`/cases/${id}/${act}`, sent)))

    expect(await Promise.all(answers.map(saw))).toEqual(answers.map(() => '400 malformed'))
  })
})

// The whole loop without a browser: enrol, badge, deliver, open, read, accept, hear back.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openReply } from '../../core/sealing/reply.ts'
import { replyShape } from '../../core/application/reply.ts'
import type { CaseFile, Inbox } from '../../core/wire/desk.ts'
import { verifyFeed } from '../../core/wire/feed.ts'
import { verifyPack, verifyPackIndex } from '../../core/wire/packs.ts'
import { aWholeOffice, type WholeOffice } from '../support/wholeOffice.ts'
import { anOfficer, aTablet, outcomeIn, put, sealedBy, signedRequest, type Tablet } from '../support/wholeTablet.ts'

let whole: WholeOffice
let tablet: Tablet

beforeAll(async () => {
  whole = await aWholeOffice()
  tablet = await aTablet(whole)
})
afterAll(() => whole.close())

it('carries a birth registration from the tablet to the officer and the answer back', async () => {
  const envelope = await sealedBy(whole, tablet)
  const answer = await put(whole, envelope)
  await whole.opener.settled()
  const officer = await anOfficer(whole)
  const inbox = (await (await officer.get('/inbox?list=open')).json()) as Inbox
  const accepted = await officer.decide(envelope.id, 'accept', { code: 'H57.45-261124-0007', resultOn: '2026-11-25' })
  const feed = (await (await signedRequest(whole, tablet.device, 'GET', '/api/v1/feed?after=0')).json()) as { feed: string }
  const page = await verifyFeed(feed.feed, whole.office.keys.keySet, 0)
  const replies = await Promise.all((page?.events ?? []).map(({ sealed }) => openReply(sealed, envelope.application.replyKey, replyShape)))

  expect(answer.status).toBe(201)
  expect(await outcomeIn(whole, answer, { ...envelope, device: tablet.device.device })).toMatchObject({ kind: 'complete' })
  expect(inbox.cases).toMatchObject([{ id: envelope.id, subject: 'Nguyễn Đình Minh An', status: 'beingChecked', marks: [], tablet: '01', volunteer: 'Lê Thị Hoa (TNV-001)' }])
  expect(accepted.status).toBe(200)
  expect(((await accepted.json()) as CaseFile).case).toMatchObject({ status: 'accepted', officialCode: 'H57.45-261124-0007', resultOn: '2026-11-25' })
  expect(replies.map((reply) => (reply.ok ? reply.value : reply.failure))).toEqual([
    { kind: 'opened', at: '2026-11-24T03:00:00.000Z' },
    { kind: 'accepted', at: '2026-11-24T03:00:00.000Z', code: 'H57.45-261124-0007', resultOn: '2026-11-25' },
  ])
})

it('offers its packs, signed', async () => {
  const index = (await (await signedRequest(whole, tablet.device, 'GET', '/api/v1/packs')).json()) as { index: string }
  const one = (await (await signedRequest(whole, tablet.device, 'GET', '/api/v1/packs/1.001193/1.0.0')).json()) as { pack: string }

  expect((await verifyPackIndex(index.index, whole.office.keys.keySet))?.packs.map(({ pack }) => pack)).toContain('1.001193@1.0.0')
  expect((await verifyPack(one.pack, whole.office.keys.keySet))?.pack).toBe('1.001193@1.0.0')
})

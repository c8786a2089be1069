// Exactly once: races over one id, the ledger's order, parts that complete an envelope, carriers with bad lines.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sha256 } from '../../core/sealing/digest.ts'
import { carrierAnswerShape, outcomeType, type CarrierAnswer } from '../../core/wire/answer.ts'
import { carrierType, writeCarrierLine } from '../../core/wire/carrier.ts'
import { maxCarrierLineBytes, maxPartBytes } from '../../core/sealing/limits.ts'
import * as v from 'valibot'
import { takeLedger } from '../../server/ledger/append.ts'
import { repliesAfter } from '../../server/ledger/readAfter.ts'
import { anAttachment } from '../support/photos.ts'
import { aWholeOffice, changes, countRows, type WholeOffice } from '../support/wholeOffice.ts'
import { aTablet, kindIn, outcomeIn, put, sealedBy, type Tablet } from '../support/wholeTablet.ts'

let whole: WholeOffice
let tablet: Tablet

beforeAll(async () => {
  whole = await aWholeOffice()
  tablet = await aTablet(whole)
})
afterAll(() => whole.close())

const settledCounts = async () => {
  await whole.opener.settled()
  return countRows(whole)
}

it('stores 200 parallel deliveries of the same bytes once, and answers all with the same stored outcome', async () => {
  const envelope = await sealedBy(whole, tablet)
  const before = await settledCounts()
  const answers = await Promise.all(Array.from({ length: 200 }, () => put(whole, envelope)))
  const texts = await Promise.all(answers.map((answer) => answer.text()))
  const { search_keys: _, ...changed } = changes(before, await settledCounts())

  expect(new Set(texts).size).toBe(1)
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(199)
  expect(changed).toEqual({ envelopes: 1, openings: 1, cases: 1, outcomes: 1, events: 3 })
})

it('lets one of 20 different envelopes with the same id win, and disputes the others', async () => {
  const { id } = await sealedBy(whole, tablet)
  const rivals = await Promise.all(Array.from({ length: 20 }, (_, at) => sealedBy(whole, tablet, { application: { id, localCode: `TN-${at}` } })))
  const answers = await Promise.all(rivals.map((rival) => put(whole, rival)))

  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(19)
})

it('gives the stored outcome to whoever asks for exactly these bytes', async () => {
  const envelope = await sealedBy(whole, tablet)
  const first = await (await put(whole, envelope)).text()
  const path = (digest: string) => `/api/v1/outcomes/${envelope.id}?digest=${digest}&device=${tablet.device.device}`
  const again = await whole.ask(path(envelope.digest))
  const other = await whole.ask(path('A'.repeat(43)))

  expect([again.headers.get('content-type'), await again.text()]).toEqual([outcomeType, first])
  expect([other.status, await kindIn(other)]).toEqual([404, 'notFound'])
})

it('loses no event when one transaction is held open while another wants to commit', async () => {
  const one = await sealedBy(whole, tablet)
  const two = await sealedBy(whole, tablet)
  for (const envelope of [one, two]) await put(whole, envelope)
  await whole.opener.settled()
  const { device } = tablet.device
  const start = (await repliesAfter(whole.office.db, device, 0)).head
  let letGo = (): void => undefined
  const held = new Promise<void>((resolve) => (letGo = resolve))
  let hasAppended = (): void => undefined
  const appended = new Promise<void>((resolve) => (hasAppended = resolve))
  const numbers: number[] = []
  const append = (id: typeof one.id, wait: Promise<void>) =>
    whole.office.db.transaction().execute(async (tx) => {
      const turn = await takeLedger(tx)
      numbers.push(await turn.append({ id, device, kind: 'opened', atMs: 0, sealed: 'sealed' }))
      hasAppended()
      await wait
    })
  const first = append(one.id, held)
  // Which of two that begin at once takes the ledger first is nobody's promise.
  await appended
  const second = append(two.id, Promise.resolve())
  const during = await repliesAfter(whole.office.db, device, start)
  letGo()
  await Promise.all([first, second])
  const after = await repliesAfter(whole.office.db, device, during.cursor)

  expect([during.events, during.cursor]).toEqual([[], start])
  expect(after.events.map(({ seq }) => seq)).toEqual([start + 1, start + 2])
  expect([...numbers].sort()).toEqual([start + 1, start + 2])
})

it('numbers the events of many parallel deliveries without a gap', async () => {
  const envelopes = await Promise.all(Array.from({ length: 30 }, (_, at) => sealedBy(whole, tablet, { seq: 100 + at })))
  await Promise.all(envelopes.map((envelope) => put(whole, envelope)))
  await whole.opener.settled()
  const rows = await whole.office.db.selectFrom('events').select('seq').orderBy('seq').execute()

  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, at) => at + 1))
})

const putPart = (name: string, bytes: Uint8Array<ArrayBuffer>) =>
  whole.ask(`/api/v1/parts/${name}`, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body: bytes })

it('becomes complete with its last part, whichever of the two comes last', async () => {
  const parts = [new Uint8Array([1, 2, 3]), new Uint8Array([4, 5, 6])]
  const names = await Promise.all(parts.map(sha256))
  const attachments = [anAttachment({ parts: names })]
  const envelope = await sealedBy(whole, tablet, { parts: names, application: { attachments } })
  const about = { ...envelope, device: tablet.device.device }
  const early = await putPart(names[0] ?? '', parts[0] ?? new Uint8Array())
  const received = await put(whole, envelope)
  const stored = await Promise.all(parts.map((bytes, at) => putPart(names[at] ?? '', bytes)))
  const again = await put(whole, envelope)

  expect([early.status, await kindIn(early)]).toEqual([404, 'partNotAnnounced'])
  expect(await outcomeIn(whole, received, about)).toMatchObject({ kind: 'received' })
  expect((await received.json()) as object).toMatchObject({ missing: names })
  expect(stored.map(({ status }) => status)).toEqual([204, 204])
  expect(await outcomeIn(whole, again, about)).toMatchObject({ kind: 'complete' })
  await whole.opener.settled()
  const events = await whole.office.db.selectFrom('events').select('kind').where('id', '=', envelope.id).execute()
  expect(events.map(({ kind }) => kind).sort()).toEqual(['complete', 'opened', 'received'])
})

it('completes an envelope at once whose parts came with another', async () => {
  const bytes = new Uint8Array([7, 7, 7])
  const name = await sha256(bytes)
  const attachments = [anAttachment({ parts: [name] })]
  await put(whole, await sealedBy(whole, tablet, { parts: [name], application: { attachments } }))
  await putPart(name, bytes)
  const second = await sealedBy(whole, tablet, { parts: [name], application: { attachments } })
  const answer = await put(whole, second)

  expect(await outcomeIn(whole, answer, { ...second, device: tablet.device.device })).toMatchObject({ kind: 'complete' })
})

it('refuses parts that are too large or not what their name says', async () => {
  const large = new Uint8Array(maxPartBytes + 1)
  const names = [await sha256(large), await sha256(new Uint8Array([9]))]
  await put(whole, await sealedBy(whole, tablet, { parts: names }))
  const before = await settledCounts()
  const tooLarge = await putPart(names[0] ?? '', large)
  const other = await putPart(names[1] ?? '', new Uint8Array([8]))

  expect([tooLarge.status, await kindIn(tooLarge)]).toEqual([413, 'partTooLarge'])
  expect([other.status, await kindIn(other)]).toEqual([400, 'digestMismatch'])
  expect(changes(before, await settledCounts())).toEqual({})
})

it('answers each line of a carrier alone, bad ones among good ones', async () => {
  const bytes = new Uint8Array([5, 5])
  const name = await sha256(bytes)
  const good = await sealedBy(whole, tablet)
  const withPart = await sealedBy(whole, tablet, { parts: [name] })
  const altered = await sealedBy(whole, tablet)
  const lines = [
    writeCarrierLine({ kind: 'envelope', envelope: good }),
    'không phải phong bì\n',
    writeCarrierLine({ kind: 'envelope', envelope: withPart }),
    `${'x'.repeat(maxCarrierLineBytes + 1)}\n`,
    writeCarrierLine({ kind: 'part', part: name, bytes }),
    writeCarrierLine({ kind: 'part', part: 'A'.repeat(43), bytes }),
    '\n',
    writeCarrierLine({ kind: 'envelope', envelope: { ...altered, envelope: altered.envelope.replace('"iv":"', '"iv":"A') } }),
    writeCarrierLine({ kind: 'envelope', envelope: good }),
  ]
  const answers = await carry(lines.join(''))

  expect(answers.map(summary)).toEqual([
    '0 outcome',
    '1 malformed',
    '2 outcome',
    '3 tooLarge',
    `4 stored ${name}`,
    '5 partNotAnnounced',
    '7 digestMismatch',
    '8 outcome',
  ])
  expect(outcomeAt(answers, 8)).toBe(outcomeAt(answers, 0))
})

it('reads a carrier that comes in pieces of any size', async () => {
  const envelopes = [await sealedBy(whole, tablet), await sealedBy(whole, tablet)]
  const text = envelopes.map((envelope) => writeCarrierLine({ kind: 'envelope', envelope })).join('').trimEnd()
  const pieces = text.match(/[\s\S]{1,1000}/g) ?? []
  const body = new ReadableStream({
    pull: (controller) => {
      const piece = pieces.shift()
      if (piece === undefined) controller.close()
      else controller.enqueue(new TextEncoder().encode(piece))
    },
  })

  expect((await carry(body)).map(summary)).toEqual(['0 outcome', '1 outcome'])
})

async function carry(body: BodyInit): Promise<readonly CarrierAnswer[]> {
  const answer = await whole.ask('/api/v1/carriers', { method: 'POST', headers: { 'Content-Type': carrierType }, body, duplex: 'half' } as RequestInit)
  return (await answer.text()).trim().split('\n').map((line) => v.parse(carrierAnswerShape, JSON.parse(line)))
}

function summary(answer: CarrierAnswer): string {
  if ('outcome' in answer) return `${answer.line} outcome`
  if ('stored' in answer) return `${answer.line} stored ${answer.stored}`
  return `${answer.line} ${answer.problem.title}`
}

function outcomeAt(answers: readonly CarrierAnswer[], line: number): string {
  const answer = answers.find((one) => one.line === line)
  return answer !== undefined && 'outcome' in answer ? answer.outcome : ''
}

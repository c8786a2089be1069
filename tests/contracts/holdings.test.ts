// What the office holds of a list: asked by anybody, signed about exactly that list, and never a 5xx for a bad question.
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as v from 'valibot'
import type { EpochId } from '../../core/ids.ts'
import { sha256 } from '../../core/sealing/digest.ts'
import { holdingsAnswerShape, maxHeld, verifyHoldings, type Held } from '../../core/wire/holdings.ts'
import { anId } from '../support/office.ts'
import { aWholeOffice, type WholeOffice } from '../support/wholeOffice.ts'
import { aTablet, kindIn, put, sealedBy, type Tablet } from '../support/wholeTablet.ts'

let whole: WholeOffice
let tablet: Tablet

beforeAll(async () => {
  whole = await aWholeOffice()
  tablet = await aTablet(whole)
})
afterAll(() => whole.close())

const post = (body: BodyInit, type = 'application/json') => whole.ask('/api/v1/holdings', { method: 'POST', headers: { 'Content-Type': type }, body })

async function answerAbout(held: readonly Held[]) {
  const answer = await post(JSON.stringify({ held }))
  const { holdings } = v.parse(holdingsAnswerShape, await answer.json())
  return verifyHoldings(holdings, whole.office.keys.keySet, held)
}

const unknown = (): Held => ({ id: anId(), digest: 'A'.repeat(43) as Held['digest'] })

it('lacks what it never saw, what waits for parts and what it holds under other bytes, and nothing that is complete', async () => {
  const part = new Uint8Array([1])
  const name = await sha256(part)
  const [complete, waiting] = [await sealedBy(whole, tablet), await sealedBy(whole, tablet, { parts: [name] })]
  await put(whole, complete)
  await put(whole, waiting)
  const never = unknown()
  const others: Held = { id: complete.id, digest: waiting.digest }

  expect((await answerAbout([never, complete, waiting]))?.lacking).toEqual([never.id, waiting.id])
  expect((await answerAbout([others]))?.lacking).toEqual([complete.id])

  await whole.ask(`/api/v1/parts/${name}`, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body: part })
  expect((await answerAbout([never, complete, waiting]))?.lacking).toEqual([never.id])
})

it('calls uncovered what is complete by an event that no verified backup of this epoch holds', async () => {
  const { db, epoch } = whole.office
  const backedUp = (id: EpochId, head: number) => db.insertInto('backups').values({ epoch: id, head, at: head, verified_at: head }).execute()
  const earlier = await sealedBy(whole, tablet)
  await put(whole, earlier)
  const head = (await answerAbout([]))?.head ?? 0
  const later = await sealedBy(whole, tablet)
  await put(whole, later)
  const uncovered = async () => (await answerAbout([earlier, unknown(), later]))?.uncovered

  expect(await uncovered()).toEqual([earlier.id, later.id])
  await backedUp('01930000-0000-7000-8000-000000000009' as EpochId, 900)
  expect(await uncovered()).toEqual([earlier.id, later.id])
  await backedUp(epoch.id, 1)
  await backedUp(epoch.id, head)
  expect(await uncovered()).toEqual([later.id])
})

it('says its epoch and its newest head, also about nothing', async () => {
  const before = await answerAbout([])
  await put(whole, await sealedBy(whole, tablet))
  const after = await answerAbout([])

  expect(before).toMatchObject({ epoch: whole.office.epoch, lacking: [] })
  expect(after?.head).toBeGreaterThan(before?.head ?? Infinity)
})

it('is an answer about one list only', async () => {
  const [asked, other] = [unknown(), unknown()]
  const answer = await post(JSON.stringify({ held: [asked] }))
  const { holdings } = v.parse(holdingsAnswerShape, await answer.json())

  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(await verifyHoldings(holdings, whole.office.keys.keySet, [other])).toBeNull()
  expect(await verifyHoldings(holdings, whole.office.keys.keySet, [])).toBeNull()
})

it('answers five hundred pairs at once', async () => {
  const held = Array.from({ length: maxHeld }, unknown)

  expect((await answerAbout(held))?.lacking).toEqual(held.map(({ id }) => id))
})

it.each([
  ['more than five hundred pairs', JSON.stringify({ held: Array.from({ length: maxHeld + 1 }, unknown) }), 'application/json', 400, 'malformed'],
  ['no JSON', 'không phải JSON', 'application/json', 400, 'malformed'],
  ['no list', JSON.stringify({ held: 'all' }), 'application/json', 400, 'malformed'],
  ['an id that is none', JSON.stringify({ held: [{ id: "1' or '1'='1", digest: 'A'.repeat(43) }] }), 'application/json', 400, 'malformed'],
  ['a digest that is none', JSON.stringify({ held: [{ id: anId(), digest: 'A' }] }), 'application/json', 400, 'malformed'],
  ['bytes that are no text', new Uint8Array([0xff, 0xfe]), 'application/json', 400, 'malformed'],
  ['another type', JSON.stringify({ held: [] }), 'text/plain', 415, 'unsupportedType'],
  ['a body of a megabyte', 'x'.repeat(1_048_576), 'application/json', 413, 'tooLarge'],
] as const)('refuses %s in a word', async (_, body, type, status, kind) => {
  const answer = await post(body, type)

  expect([answer.status, await kindIn(answer)]).toEqual([status, kind])
})

it('holds back an address that asks without end', async () => {
  const small = await aWholeOffice({ limits: { address: { burst: 2, refillMs: 60_000 } } })
  const ask = () => small.ask('/api/v1/holdings', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"held":[]}' })
  const answers = [await ask(), await ask(), await ask()]

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429])
  await small.close()
})

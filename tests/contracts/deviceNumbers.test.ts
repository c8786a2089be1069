// The desk sees of every tablet which of its numbers never came and which came twice.
import { sql } from 'kysely'
import * as v from 'valibot'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { devicesShape } from '../../core/wire/desk.ts'
import { anId } from '../support/office.ts'
import { aWholeOffice, type WholeOffice } from '../support/wholeOffice.ts'
import { anOfficer, aTablet, put, sealedBy, type Tablet } from '../support/wholeTablet.ts'

let whole: WholeOffice
let officer: Awaited<ReturnType<typeof anOfficer>>

beforeAll(async () => {
  whole = await aWholeOffice()
  officer = await anOfficer(whole)
})
afterAll(() => whole.close())

const devices = async () => v.parse(devicesShape, await (await officer.get('/devices')).json()).devices
const seenOf = async ({ device }: Tablet) => (await devices()).find((one) => one.device === device.device)
const sends = async (tablet: Tablet, seq: number, id = anId()) => put(whole, await sealedBy(whole, tablet, { seq, application: { id } }))

it('finds nothing odd while numbers come one after the other, in any order', async () => {
  const [silent, tablet] = [await aTablet(whole), await aTablet(whole)]
  for (const seq of [2, 3, 1]) await sends(tablet, seq)
  const nothing = { missing: 0, gaps: [], moreGaps: 0, forks: [], moreForks: 0 }

  expect(await seenOf(tablet)).toMatchObject({ lastSeq: 3, numbers: nothing })
  expect(await seenOf(silent)).toMatchObject({ lastSeq: 0, numbers: nothing })
})

it('names the numbers that never came, the first ones too, until they come', async () => {
  const tablet = await aTablet(whole)
  for (const seq of [3, 4, 8]) await sends(tablet, seq)
  const before = await seenOf(tablet)
  await sends(tablet, 6)
  const after = await seenOf(tablet)

  expect(before?.numbers).toMatchObject({ missing: 5, gaps: [{ from: 1, to: 2 }, { from: 5, to: 7 }] })
  expect(after?.numbers).toMatchObject({ missing: 4, gaps: [{ from: 1, to: 2 }, { from: 5, to: 5 }, { from: 7, to: 7 }] })
})

it('names a number with two contents, also when the second is disputed, and leaves other tablets alone', async () => {
  const [tablet, other] = [await aTablet(whole), await aTablet(whole)]
  const id = anId()
  await sends(tablet, 1, id)
  await sends(tablet, 2)
  await sends(tablet, 2)
  await sends(tablet, 1, id)
  await sends(other, 1, id)

  expect((await seenOf(tablet))?.numbers).toMatchObject({ missing: 0, forks: [{ number: 1, contents: 2 }, { number: 2, contents: 2 }] })
  expect(await seenOf(other)).toMatchObject({ lastSeq: 1, numbers: { missing: 0, gaps: [], forks: [] } })
})

it('gives back what a repetition never doubles: the same bytes again are one content', async () => {
  const tablet = await aTablet(whole)
  const envelope = await sealedBy(whole, tablet, { seq: 1 })
  for (const _ of [1, 2, 3]) await put(whole, envelope)

  expect((await seenOf(tablet))?.numbers).toMatchObject({ missing: 0, forks: [] })
})

it('answers about 200 tablets and 5,000 applications with the newest ten ranges and numbers of each', async () => {
  const { db } = whole.office
  await sql`insert into devices (id, number, jwk, words, state, demo, enrolled_at)
    select 'many-' || n, 'M' || n, '', '', 'active', false, 0 from generate_series(1, 200) n`.execute(db)
  // Every tablet has the even numbers to 46 and then the last, 1,000, on two contents; the first has nothing but even numbers.
  await sql`insert into envelopes (id, digest, device, pack, seq, sealed, header, received_at)
    select 'many-' || n || '-' || k, 'd', 'many-' || n, 'p', case when k <= 23 then 2 * k when n = 1 then 2 * k else 1000 end, '', '', 0
    from generate_series(1, 200) n, generate_series(1, 25) k`.execute(db)
  const answer = (await (await officer.get('/devices')).json()) as { devices: { number: string; lastSeq: number; numbers: unknown }[] }
  const of = (number: string) => answer.devices.find((one) => one.number === number)
  const odd = (last: number, first: number) => Array.from({ length: (last - first) / 2 + 1 }, (_, at) => ({ from: first + 2 * at, to: first + 2 * at }))
  await sql`delete from envelopes where device like 'many-%'`.execute(db)
  await sql`delete from devices where id like 'many-%'`.execute(db)

  expect(of('M1')).toMatchObject({ lastSeq: 50, numbers: { missing: 25, gaps: odd(49, 31), moreGaps: 15, forks: [], moreForks: 0 } })
  expect(of('M200')).toMatchObject({
    lastSeq: 1000,
    numbers: { missing: 23 + 953, gaps: [...odd(45, 29), { from: 47, to: 999 }], moreGaps: 14, forks: [{ number: 1000, contents: 2 }], moreForks: 0 },
  })
})

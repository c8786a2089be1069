// How far the feed says that a backup reaches: only what was verified, only in this epoch, and the furthest of it.
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as v from 'valibot'
import type { EpochId } from '../../core/ids.ts'
import { feedAnswerShape, verifyFeed } from '../../core/wire/feed.ts'
import { aWholeOffice, type WholeOffice } from '../support/wholeOffice.ts'
import { aTablet, signedRequest, type Tablet } from '../support/wholeTablet.ts'

let whole: WholeOffice
let tablet: Tablet

beforeAll(async () => {
  whole = await aWholeOffice()
  tablet = await aTablet(whole)
})
afterAll(() => whole.close())

async function coveredInFeed(): Promise<number | undefined> {
  const answer = await signedRequest(whole, tablet.device, 'GET', '/api/v1/feed?after=0')
  const { feed } = v.parse(feedAnswerShape, await answer.json())
  const page = await verifyFeed(feed, whole.office.keys.keySet, 0)
  if (page === null) throw new Error('the feed does not verify')
  return page.covered
}

const backedUp = (epoch: EpochId, head: number) => whole.office.db.insertInto('backups').values({ epoch, head, at: head, verified_at: head }).execute()

it('says nothing without a backup, nor for one of another epoch, and then the furthest of this one', async () => {
  const { id } = whole.office.epoch

  expect(await coveredInFeed()).toBeUndefined()
  await backedUp('01930000-0000-7000-8000-000000000009' as EpochId, 900)
  expect(await coveredInFeed()).toBeUndefined()
  await backedUp(id, 0)
  expect(await coveredInFeed()).toBe(0)
  await backedUp(id, 12)
  await backedUp(id, 7)
  expect(await coveredInFeed()).toBe(12)
})

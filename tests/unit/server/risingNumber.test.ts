import { expect, it } from 'vitest'
import { risingNumber } from '../../../server/risingNumber.ts'

const at = (time: string): number => Date.parse(time)

it('is above every number that an office gave before, though a backup has forgotten them', () => {
  const forgotten = risingNumber(1, at('2026-11-24T04:00:00.000Z'))

  expect(forgotten).toBe(471_120)
  expect(risingNumber(1, at('2026-11-24T04:01:00.000Z'))).toBe(forgotten + 1)
})

it('is the next one where the clock says less: within a minute, and with a clock that stands before 2026', () => {
  expect(risingNumber(471_120, at('2026-11-24T04:00:59.000Z'))).toBe(471_121)
  expect(risingNumber(7, at('1970-01-01T00:00:00.000Z'))).toBe(8)
})

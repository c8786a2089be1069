import { expect, test } from 'vitest'
import { badFates, nameOf } from './fates.ts'
import { simulate } from './simulate.ts'

test('five thousand schedules of three tablets, two tabs each, lose nothing, have nothing twice, and leave nothing stuck', () => {
  const { findings, submissions, faults } = simulate(1, 5_000)

  expect(findings).toEqual([])
  expect(submissions).toBeGreaterThan(50_000)
  const others = ['tabKilled', 'powerCut', 'tabFrozen', 'officeRestored', 'diskPutBack', 'refusedOnTheRoad']
  expect([...badFates.map(nameOf), ...others].filter((kind) => (faults.get(kind) ?? 0) < 100)).toEqual([])
})

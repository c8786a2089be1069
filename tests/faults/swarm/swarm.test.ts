import { expect, test } from 'vitest'
import { checkHistory, countFaults } from '../checker/checkHistory.ts'
import { noDisasters } from './disasterOptions.ts'
import { runSwarm } from './swarm.ts'

test('sixty submissions of tablets that come and go, over a bad road and through a disaster of each quick kind, arrive once each', async () => {
  const disasters = { ...noDisasters, officeKilled: 1, databaseLost: 1, frozen: 1, carriedByFile: 1, otherBytes: 1, forgeries: 1 }
  const history = await runSwarm({ submissions: 60, tablets: 4, perTablet: 12, seed: 1, rate: 0.35, disasters })

  expect(checkHistory(history)).toEqual([])
  expect(history.lines.filter(({ what }) => what === 'finalised')).toHaveLength(60)
  expect(countFaults(history.lines).size).toBeGreaterThan(15)
})

import { expect, test } from 'vitest'
import { checkHistory, countFaults } from '../checker/checkHistory.ts'
import { runSwarm } from './swarm.ts'

test('sixty submissions of four tablets over a road that harms every third request arrive once each', async () => {
  const history = await runSwarm({ submissions: 60, tablets: 4, seed: 1, officeKills: 1, rate: 0.35 })

  expect(checkHistory(history)).toEqual([])
  expect(history.lines.filter(({ what }) => what === 'finalised')).toHaveLength(60)
  expect(countFaults(history.lines).size).toBeGreaterThan(15)
})

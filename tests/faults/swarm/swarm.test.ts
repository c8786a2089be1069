import { expect, test } from 'vitest'
import { checkHistory, countFaults } from '../checker/checkHistory.ts'
import { runSwarm } from './swarm.ts'

test('a hundred and fifty submissions of six tablets over a road that harms every third request arrive once each', async () => {
  const history = await runSwarm({ submissions: 150, tablets: 6, seed: 1, officeKills: 1, rate: 0.35 })

  expect(checkHistory(history)).toEqual([])
  expect(history.lines.filter(({ what }) => what === 'finalised')).toHaveLength(150)
  expect(countFaults(history.lines).size).toBeGreaterThan(30)
})

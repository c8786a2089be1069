import { expect, it } from 'vitest'
import { fillingOrder } from '../../../../server/backup/tableOrder.ts'

it('puts what is pointed to before what points', () => {
  const references = [{ from: 'cases', to: 'envelopes' }, { from: 'envelopes', to: 'devices' }, { from: 'badges', to: 'devices' }, { from: 'devices', to: 'devices' }]

  expect(fillingOrder(['badges', 'cases', 'devices', 'envelopes', 'packs'], references)).toEqual(['devices', 'packs', 'badges', 'envelopes', 'cases'])
})

it('heeds no reference to a table that is left out, and says so when tables go in a ring', () => {
  expect(fillingOrder(['a'], [{ from: 'a', to: 'gone' }])).toEqual(['a'])
  expect(() => fillingOrder(['a', 'b'], [{ from: 'a', to: 'b' }, { from: 'b', to: 'a' }])).toThrow('in a ring: a, b')
})

import { expect, test } from 'vitest'
import { closingLine } from './closingLine.ts'

const ran = { what: 'swarm', submissions: 100_000, faults: new Map([['twice', 4], ['portalPage', 6]]), seconds: 60.4 }

test('a run without a finding tells the bound that it proves', () => {
  expect(closingLine({ ...ran, findings: [] })).toBe(
    'swarm: 100000 submissions, 10 faults of 2 kinds, 0 lost, 0 duplicated, 0 contradicted, 0 backwards, 0 purged, 0 stuck, 0 undecryptable, 0 forged, 0 overlapping, 0 misled, 0 silent; 95% upper bound 3.0e-5 a submission (60 s)',
  )
})

test('a run with a finding names it and proves nothing', () => {
  expect(closingLine({ ...ran, findings: [{ breach: 'lost', id: 'a' }] })).toBe(
    'swarm: 100000 submissions, 10 faults of 2 kinds, 1 lost, 0 duplicated, 0 contradicted, 0 backwards, 0 purged, 0 stuck, 0 undecryptable, 0 forged, 0 overlapping, 0 misled, 0 silent (60 s)',
  )
})

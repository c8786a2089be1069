import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fuzzRoutes, type RoutesRun } from './fuzzRoutes.ts'
import { operationsIn } from './operations.ts'
import { officeInProcess, officeOverSockets, type FuzzedOffice } from './targets.ts'

const statusesOf = (run: RoutesRun): Map<string, number[]> => new Map([...run.answered].map(([name, statuses]) => [name, [...statuses.keys()]]))
const withoutSuccess = (run: RoutesRun): string[] => [...statusesOf(run)].filter(([, statuses]) => !statuses.some((status) => status >= 200 && status < 300)).map(([name]) => name)

describe.each([
  ['in process', officeInProcess, 330],
  ['over sockets', officeOverSockets, 210],
] as const)('an office %s', (_, make, inputs) => {
  let office: FuzzedOffice
  let run: RoutesRun
  beforeAll(async () => {
    office = await make()
    run = await fuzzRoutes(office, { inputs, seed: 1 })
  }, 110_000)
  afterAll(() => office.close())

  it('refuses what it cannot take by a known kind, quotes nothing, and goes on', () => {
    expect(run.findings).toEqual([])
  })

  it('was asked for every operation of its document', async () => {
    const document = operationsIn(await (await office.door.ask('/api/openapi.json')).json())

    expect([...run.answered].filter(([, statuses]) => statuses.size === 0)).toEqual([])
    expect([...run.answered.keys()]).toEqual(document.map(({ name }) => name))
  })

  it('took at least one good request of each', () => {
    expect(withoutSuccess(run)).toEqual([])
  })
})

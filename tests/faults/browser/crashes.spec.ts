/**
 * A few deaths of a real browser in every `npm test`; all points, more rounds and the other disasters are `npm run faults --
 * --browser`. Each ends within its own time, so that nothing here can hang.
 */
import { spawnSync } from 'node:child_process'
import { expect, test } from '@playwright/test'
import type { CrashPoint } from '../../../src/offline/crashPoints.ts'
import { diesAt } from './crashes.ts'
import { Lab } from './lab.ts'
import { aLabOffice, type LabOffice } from './labOffice.ts'
import type { Death } from './labTablet.ts'

const deaths: readonly (readonly [CrashPoint, Death])[] = [
  ['enrolmentStored', 'renderer'],
  ['answersStored', 'browser'],
  ['mirrored', 'browser'],
  ['halfCommitted', 'renderer'],
  ['finaliseCommitted', 'browser'],
  ['outcomeHeard', 'renderer'],
  ['halfSettled', 'browser'],
]

let office: LabOffice
let lab: Lab

test.beforeAll(async () => {
  const built = spawnSync(process.execPath, ['scripts/labApp.mjs'], { encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`the lab's app was not built: ${built.stdout}${built.stderr}`)
  office = await aLabOffice()
  lab = new Lab(office, 1)
})
test.afterAll(async () => {
  await lab.replaces()
  await office.close()
})

test('whatever the tablet had shown as saved outlives its death, and comes to the office once', async () => {
  for (const [point, death] of deaths) {
    const { findings, isHit, trouble } = await diesAt(lab, point, death)

    expect({ point, isHit, findings, trouble }).toEqual({ point, isHit: true, findings: [], trouble: null })
  }
  expect(lab.submissions).toBeGreaterThanOrEqual(deaths.length - 1)
})

/** What befalls a tablet that nobody kills: a clock that jumps, a tab that is frozen, a worker that is stopped, an office that dies. */
import { stopWorkers } from '../../support/chromium.ts'
import type { Lab, RoundEnd, Work } from './lab.ts'
import { works } from './work.ts'

const yearMs = 365 * 86_400_000

/** Where the tablet's clock is set: the past, beyond 32 bits, a generation ahead. */
const clocks = { '1970': -Date.now(), '2038': Date.parse('2038-01-20T00:00:00Z') - Date.now(), 'thirty years ahead': 30 * yearMs } as const

const jumps = (byMs: number): Work => async ({ volunteer, office }, chance) => {
  office.door.isRoadGood = false
  await works(volunteer, chance)
  await volunteer.setsClock(byMs)
  await works(volunteer, chance)
  office.door.isRoadGood = true
  await works(volunteer, chance)
  await volunteer.setsClock(0)
  volunteer.hit('clock')
  return true
}

/** Frozen with the right to send in its hands: another page goes on. */
const freezes: Work = async ({ volunteer, tablet, office }, chance) => {
  office.door.isRoadGood = false
  await works(volunteer, chance)
  const session = await tablet.context().newCDPSession(tablet.page())
  await session.send('Page.enable')
  await session.send('Page.setWebLifecycleState', { state: 'frozen' })
  const wasFrozen = await tablet.opensBeside()
  await volunteer.goesOn()
  office.door.isRoadGood = true
  await works(volunteer, chance)
  await wasFrozen.close()
  volunteer.hit('frozen')
  return true
}

const stopsWorkers: Work = async ({ volunteer, tablet }, chance) => {
  const working = works(volunteer, chance)
  for (let times = 0; times < 5; times += 1) {
    await stopWorkers(tablet.context())
    await new Promise((resolve) => setTimeout(resolve, chance.below(300)))
  }
  await working
  volunteer.hit('worker')
  return true
}

const losesOffice: Work = async ({ volunteer, office }, chance) => {
  const working = works(volunteer, chance)
  await new Promise((resolve) => setTimeout(resolve, chance.below(400)))
  await office.run.kill()
  await working
  await office.run.start()
  volunteer.hit('office')
  return true
}

/** No room at all while work goes on: what is refused is refused, and what was said is kept. */
const runsFull = (megabytes: number): Work => async ({ volunteer, tablet, office }, chance) => {
  const session = await tablet.context().newCDPSession(tablet.page())
  const allows = (quota: { quotaSize?: number }) => session.send('Storage.overrideQuotaForOrigin', { origin: office.door.origin, ...quota })
  await works(volunteer, chance, 3)
  await allows({ quotaSize: megabytes * 1024 * 1024 })
  const isRefused = await works(volunteer, chance).then(
    () => false,
    (cause: unknown) => cause instanceof Error && cause.name === 'Refused',
  )
  await allows({})
  volunteer.hit(`${megabytes} MB`)
  return isRefused || megabytes > 2
}

type Befalls = readonly (readonly [what: string, work: Work])[]

const rounds = ([what, work]: Befalls[number]) => ({ what, round: (lab: Lab): Promise<RoundEnd> => lab.round(what, 'enrolled', work) })

export const clock = Object.entries(clocks).map(([name, byMs]) => rounds([`the clock says ${name}`, jumps(byMs)]))
export const frozen = ([['a frozen tab', freezes], ['stopped workers', stopsWorkers], ['a killed office', losesOffice]] as const).map(rounds)
export const quota = [1, 2, 8, 30].map((megabytes) => rounds([`room of ${megabytes} MB`, runsFull(megabytes)]))

/** Death at a crash point: a tablet walks until it stands there, and is killed. */
import type { CrashPoint } from '../../../src/offline/crashPoints.ts'
import type { Lab, RoundEnd } from './lab.ts'
import type { Death } from './labTablet.ts'
import type { OnScreen } from './labVolunteer.ts'
import { walks } from './walks.ts'
import { within } from './within.ts'

const comesByMs = 15_000

/** For walks that need no draft. */
const nobody: OnScreen = { id: '' as OnScreen['id'], version: 0, photos: [] }

/** One death at one point. */
export function diesAt(lab: Lab, point: CrashPoint, death: Death): Promise<RoundEnd> {
  const { isNew, before, walk, upTo = 1 } = walks[point]
  return lab.round(`${point} ${death}`, isNew === true ? 'new' : 'enrolled', async (round, chance) => {
    const { door } = round.office
    const draft = await before(round)
    const stands = door.liesInWait(point, 1 + chance.below(upTo)).then(() => 'stands' as const)
    const walking = walk(round, draft ?? nobody).then(
      () => 'done' as const,
      (cause: unknown) => cause,
    )
    const first = await Promise.race([stands, walking])
    const isHit = first === 'stands' || (await within(comesByMs, point, stands).then(() => true, () => false))
    if (!isHit && first instanceof Error) throw first
    door.forgets()
    round.volunteer.hit(`${point} ${death}`)
    await round.tablet.dies(death)
    await walking
    return isHit
  })
}

/** Death at any moment: a tablet is at work, and is killed when chance says so. */
import type { Lab, RoundEnd } from './lab.ts'
import type { Death } from './labTablet.ts'
import { works } from './work.ts'

const longestMs = 1_500

export function diesAnywhere(lab: Lab, death: Death): Promise<RoundEnd> {
  return lab.round(`at any moment ${death}`, 'enrolled', async ({ volunteer, tablet }, chance) => {
    const working = works(volunteer, chance).then(
      () => null,
      (cause: unknown) => cause,
    )
    await new Promise((resolve) => setTimeout(resolve, chance.below(longestMs)))
    await tablet.dies(death)
    await working
    return true
  })
}

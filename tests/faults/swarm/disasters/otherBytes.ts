/** Another enrolled tablet sends other bytes under an id that is taken, or is about to be: both are kept, and none is believed twice. */
import type { Chance } from '../../lab/chance.ts'
import type { Ward } from '../ward.ts'
import { Stranger } from './stranger.ts'

export function sendsOtherBytes(ward: Ward, chance: Chance): Promise<void> {
  return ward.withTablet(chance, async (tablet) => {
    const copycat = await Stranger.of(ward)
    const row = (await copycat.enrols()) ? await ward.submits(tablet, 0) : null
    if (row === null) return
    // Before the true one or after it: that is sent whenever its tablet comes to it.
    if (chance.oneIn(2)) await tablet.sends()
    const sent = await copycat.sends(row.id)
    if (sent.outcome !== null) ward.hit('otherBytes')
  })
}

/** Another enrolled tablet sends other bytes under an id that is taken, or is about to be: both are kept, and none is believed twice. */
import type { ApplicationId } from '../../../../core/ids.ts'
import type { Chance } from '../../lab/chance.ts'
import type { Ward } from '../ward.ts'
import { Stranger } from './stranger.ts'

export function sendsOtherBytes(ward: Ward, chance: Chance): Promise<void> {
  return ward.withTablet(chance, async (tablet) => {
    const copycat = await Stranger.of(ward)
    if (!(await copycat.enrols())) return
    const sends = async (id: ApplicationId): Promise<void> => {
      const sent = await copycat.sends(id)
      if (sent.outcome !== null) ward.hit('otherBytes')
    }
    if (chance.oneIn(2)) {
      await ward.submits(tablet, 0, sends)
      return
    }
    const row = await ward.submits(tablet, 0)
    if (row === null) return
    await tablet.sends()
    await sends(row.id)
  })
}

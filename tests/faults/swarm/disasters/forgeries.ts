/** Envelopes that nobody may send: of a device that was never enrolled, and in the name of one that was. */
import type { Chance } from '../../lab/chance.ts'
import { anId } from '../../../support/office.ts'
import type { Ward } from '../ward.ts'
import { Stranger } from './stranger.ts'

export function forges(ward: Ward, chance: Chance): Promise<void> {
  return ward.withTablet(chance, async (tablet) => {
    const stranger = await Stranger.of(ward)
    const [victim] = await tablet.items()
    const kinds = [
      ['strangersEnvelope', null],
      ['envelopeInAnothersName', victim?.device ?? null],
    ] as const
    for (const [kind, name] of kinds) {
      const { id, digest, status } = await stranger.sends(anId(), name)
      ward.lines.push({ what: 'forgedEnvelope', id, digest, atMs: ward.nowMs() })
      if (status !== null) ward.hit(kind)
    }
  })
}

/** Cases that are really at the office, for requests that need one. */
import { carrierType, writeCarrierLine } from '../../../../core/wire/carrier.ts'
import { envelopeType, writeEnvelope } from '../../../../core/wire/envelope.ts'
import { chanceOf, type Chance } from '../../lab/chance.ts'
import type { Scene } from './scene.ts'
import { sealedFor } from './sealedDrafts.ts'

/** The id of a new case; `quarantined`: a revoked tablet's, brought to the desk by hand. */
export async function deliver(scene: Scene, chance: Chance, quarantined: boolean): Promise<string> {
  const tablet = quarantined ? scene.revoked : chance.pick(scene.tablets)
  const { application, envelope, parts, keep } = await sealedFor(scene, tablet, 'nothing', chance, '')
  const body = quarantined ? writeCarrierLine({ kind: 'envelope', envelope }) : writeEnvelope(envelope)
  const desk = { Origin: scene.origin, Cookie: scene.cookie, 'Content-Type': carrierType }
  const answer = quarantined
    ? await scene.ask('/desk/api/carriers', { method: 'POST', headers: desk, body })
    : await scene.ask(`/api/v1/envelopes/${application.id}`, { method: 'PUT', headers: { 'Content-Type': envelopeType }, body })
  // Over sockets a tablet may meet its limit: then an older case must do.
  if (!answer.ok) return scene.stored.at(-1)?.id ?? application.id
  keep()
  for (const { name, bytes } of parts) await scene.ask(`/api/v1/parts/${name}`, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body: bytes })
  return application.id
}

/** Delivers until there is a case with a photo, one in quarantine, and one that waits for nothing. */
export async function populate(scene: Scene): Promise<void> {
  const chance = chanceOf(1)
  await deliver(scene, chance, true)
  for (let tries = 0; tries < 50 && (scene.photos.length === 0 || tries < 2); tries += 1) await deliver(scene, chance, false)
}

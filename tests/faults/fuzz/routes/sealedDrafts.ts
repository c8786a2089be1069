/** Envelopes, carriers and parts for a fuzzed request: good ones, and ones with a true signature over something that is not. */
import { applicationBytes, type Application } from '../../../../core/application/application.ts'
import { base64url, fromBase64url, textOf, utf8, type Bytes } from '../../../../core/bytes.ts'
import { newApplicationId } from '../../../../core/ids.ts'
import { digestOf, partsDigest } from '../../../../core/sealing/digest.ts'
import { cutIntoParts, type SealedPart } from '../../../../core/sealing/parts.ts'
import { seal } from '../../../../core/sealing/seal.ts'
import { writeCarrierLine } from '../../../../core/wire/carrier.ts'
import type { Envelope } from '../../../../core/wire/envelope.ts'
import { anApplication, birth } from '../../../support/office.ts'
import { aJpeg, anAttachment } from '../../../support/photos.ts'
import type { Chance } from '../../lab/chance.ts'
import { changedBytes, changedJson, changedText } from '../change.ts'
import { signText } from '../signText.ts'
import type { Scene, Tablet } from './scene.ts'

/** Where the change sits: inside of what is sealed, in the protected header, in what the device signs, or nowhere. */
export type Inside = 'application' | 'protected' | 'header' | 'nothing'
export const insides: readonly Inside[] = ['application', 'protected', 'header', 'nothing']

export interface Sealed {
  readonly application: Application
  readonly envelope: Envelope
  readonly parts: readonly SealedPart[]
  /** Puts it into the scene, once the office has it. */
  readonly keep: () => void
}

/** An application of this tablet, sealed and signed, with a photo in one of three. */
export async function sealedFor(scene: Scene, tablet: Tablet, inside: Inside, chance: Chance, mark: string): Promise<Sealed> {
  const { device } = tablet.device
  const id = newApplicationId(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
  const photo = chance.oneIn(3) ? await aPhoto() : null
  const parts = photo?.parts ?? []
  const names = parts.map(({ name }) => name)
  const attachments = photo === null ? [] : [photo.attachment]
  const application = anApplication({ id, answers: scene.answers, badge: tablet.badge, packDigest: scene.packDigest, attachments })
  const written = inside === 'application' ? utf8(changedJson(application, chance, mark)) : applicationBytes(application)
  const about = { id, device, pack: birth, parts: await partsDigest(names) }
  const tries = [written, applicationBytes(application)]
  const sealed = await firstSealed(tries, about, scene)
  const text = inside === 'protected' ? changedProtected(sealed, chance, mark) : sealed
  const digest = await digestOf(text)
  const claims = { v: 1, id, digest, device, pack: birth, parts: names, seq: scene.nextSequence() }
  const signed = inside === 'header' ? changedJson(claims, chance, mark) : JSON.stringify(claims)
  const header = await signText('tiepsuc-header+jws', signed, tablet.device.privateKey, { kid: device })
  const envelope = { envelope: text, header }
  const keep = (): void => {
    scene.stored.push({ id, digest, device, body: envelope })
    scene.parts.push(...parts)
    if (tablet === scene.revoked) scene.quarantined.push(id)
    if (photo !== null) scene.photos.push({ id, attachment: photo.attachment.id })
  }
  return { application, envelope, parts, keep }
}

async function firstSealed(tries: readonly Uint8Array[], about: Parameters<typeof seal>[1], { keySet }: Scene): Promise<string> {
  for (const bytes of tries) {
    const sealed = await seal(bytes, about, keySet)
    if (sealed.ok) return sealed.value
  }
  throw new Error('a good application does not seal')
}

/** The tag no longer fits, which nobody sees from outside. */
function changedProtected(sealed: string, chance: Chance, mark: string): string {
  const jwe = JSON.parse(sealed) as { protected: string }
  const header: unknown = JSON.parse(textOf(fromBase64url(jwe.protected) ?? new Uint8Array(0)) ?? '{}')
  return JSON.stringify({ ...jwe, protected: base64url(utf8(changedJson(header, chance, mark))) })
}

async function aPhoto() {
  const [key, id] = [crypto.getRandomValues(new Uint8Array(32)), crypto.randomUUID()]
  const content = aJpeg({ widthPx: 1_500, heightPx: 2_000 })
  const parts = await cutIntoParts(content, id, key)
  return { parts, attachment: anAttachment({ id, key: base64url(key), sizeBytes: content.length, parts: parts.map(({ name }) => name) }) }
}

/** A carrier of up to four lines; `isChanged`: one of them, or the whole, was. */
export async function carrierOf(scene: Scene, tablet: Tablet, isChanged: boolean, chance: Chance, mark: string): Promise<{ bytes: Bytes; keep: () => void }> {
  const lines: string[] = []
  const kept: (() => void)[] = []
  for (let left = 1 + chance.below(3); left > 0; left -= 1) {
    const { envelope, parts, keep } = await sealedFor(scene, tablet, isChanged ? chance.pick(insides) : 'nothing', chance, mark)
    lines.push(writeCarrierLine({ kind: 'envelope', envelope }), ...parts.map(({ name, bytes }) => writeCarrierLine({ kind: 'part', part: name, bytes })))
    kept.push(keep)
  }
  const at = chance.below(lines.length)
  const changed = isChanged && chance.oneIn(2) ? lines.map((line, index) => (index === at ? `${changedLine(line, chance, mark)}\n` : line)) : lines
  const bytes = utf8(changed.join(''))
  return { bytes: isChanged && chance.oneIn(4) ? changedBytes(bytes, chance) : bytes, keep: () => kept.forEach((keep) => keep()) }
}

const changedLine = (line: string, chance: Chance, mark: string): string =>
  chance.oneIn(2) ? changedJson(JSON.parse(line), chance, mark) : changedText(line.trimEnd(), chance, mark)

/** Makers for the sealing side: an office with fresh keys, a device, a sealed application. Real keys, real cryptography. */
import { applicationBytes, type Application } from '../../core/application/application.ts'
import { base64url } from '../../core/bytes.ts'
import { newApplicationId, packRef, type ApplicationId, type EpochId } from '../../core/ids.ts'
import { digestOf, partsDigest } from '../../core/sealing/digest.ts'
import { signHeader, type EnvelopeHeader } from '../../core/sealing/header.ts'
import { generateDeviceKey, generateKeys, importOpeningKey, importSigningKey, thumbprint } from '../../core/sealing/keys.ts'
import { signKeySet, type KeySet } from '../../core/sealing/keySet.ts'
import { seal } from '../../core/sealing/seal.ts'

export const anEpoch = { id: '01930000-0000-7000-8000-000000000001' as EpochId, number: 1 }

/** Keys of an office as its first run makes them. */
export async function anOffice() {
  const [root, working, escrow, signing] = await Promise.all([
    generateKeys('sign'),
    generateKeys('open'),
    generateKeys('open'),
    generateKeys('sign'),
  ])
  const keySet: KeySet = {
    number: 1,
    issuedAt: '2026-11-01T00:00:00Z',
    expiresAt: '2027-11-01T00:00:00Z',
    office: { name: 'Trung tâm thử', unit: 'H57.99' },
    working: working.publicJwk,
    escrow: escrow.publicJwk,
    signing: [signing.publicJwk],
  }
  const signingKid = await thumbprint(signing.publicJwk)
  return {
    root,
    working,
    escrow,
    signing,
    signingKid,
    keySet,
    signedKeySet: await signKeySet(keySet, await importSigningKey(root.privateJwk)),
    signingKey: await importSigningKey(signing.privateJwk),
    opener: await openerOf(working.privateJwk),
    escrowOpener: await openerOf(escrow.privateJwk),
  }
}

export type TestOffice = Awaited<ReturnType<typeof anOffice>>

async function openerOf(privateJwk: Parameters<typeof importOpeningKey>[0]) {
  const kid = await thumbprint(privateJwk)
  const key = await importOpeningKey(privateJwk)
  return (asked: string) => (asked === kid ? key : null)
}

export const aDevice = generateDeviceKey
export type TestDevice = Awaited<ReturnType<typeof generateDeviceKey>>

export const anId = (): ApplicationId => newApplicationId(1_764_000_000_000, crypto.getRandomValues(new Uint8Array(10)))

export const birth = packRef('1.001193', '1.0.0')

/** An application with invented answers. */
export function anApplication(changes: Partial<Application> = {}): Application {
  return {
    v: 1,
    id: anId(),
    localCode: 'TN-03-261124-001K',
    pack: birth,
    packDigest: 'x'.repeat(43),
    answers: { 'con.hoTen': 'NGUYỄN THỊ THỬ' },
    papers: {},
    attachments: [],
    badge: 'badge',
    startedAt: '2026-11-24T01:00:00Z',
    finalisedAt: '2026-11-24T01:10:00Z',
    replyKey: base64url(new Uint8Array(32).fill(7)),
    ...changes,
  }
}

/** An application sealed and signed as a tablet does it. `header` overrides what the device signs. */
export async function anEnvelope(
  office: TestOffice,
  device: TestDevice,
  changes: { application?: Partial<Application>; bytes?: Uint8Array; parts?: string[]; seq?: number; header?: Partial<EnvelopeHeader> } = {},
) {
  const application = anApplication(changes.application)
  const parts = changes.parts ?? []
  const about = { id: application.id, device: device.device, pack: application.pack, parts: await partsDigest(parts) }
  const sealed = await seal(changes.bytes ?? applicationBytes(application), about, office.keySet)
  if (!sealed.ok) throw new Error(sealed.failure.kind)
  const digest = await digestOf(sealed.value)
  const header = await signHeader(
    { id: application.id, digest, device: device.device, pack: application.pack, parts, seq: changes.seq ?? 1, ...changes.header },
    device.privateKey,
  )
  return { application, id: application.id, digest, envelope: sealed.value, header }
}

/** Good inputs of every parser: the wire's kept examples, and fresh ones under keys that are thrown away. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { birth, aDevice, anApplication, anEnvelope, anEpoch, anId, anOffice } from '../../../support/office.ts'
import { anAttachment } from '../../../support/photos.ts'
import { signHoldings, verifyHoldings } from '../../../../core/wire/holdings.ts'
import type { StatementType } from '../../../../core/sealing/signed.ts'
import { sealReply } from '../../../../core/sealing/reply.ts'
import { cutIntoParts } from '../../../../core/sealing/parts.ts'
import { signText } from '../signText.ts'

const procedures = 'procedures'
const wire = join('tests', 'contracts', 'wire', 'v1')
const at = '2026-11-24T03:00:00.000Z'
const digest = 'd'.repeat(43)

const jsonAt = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(procedures, ...path), 'utf8'))

/** Five packs of the repository that use most kinds of questions, as their files say. */
export const packFiles = (): unknown[] => ['1.001193', '1.004222', '1.004194', '2.000815', '1.000894'].map((code) => jsonAt(code, '1.0.0', 'pack.json'))
export const textFiles = (): unknown[] => ['vi', 'en'].map((locale) => jsonAt('1.001193', '1.0.0', `texts.${locale}.json`))
export const answersFiles = (): unknown[] =>
  readdirSync(join(procedures, '1.001193', '1.0.0', 'examples')).map((file) => (jsonAt('1.001193', '1.0.0', 'examples', file) as { answers: unknown }).answers)
export const calendarFile = (): unknown => jsonAt('calendar', readdirSync(join(procedures, 'calendar')).find((file) => file.endsWith('.json')) ?? '')
export const catalogueFile = (): unknown => jsonAt('catalogue', readdirSync(join(procedures, 'catalogue')).find((file) => file.endsWith('.json')) ?? '')

export const wireText = (file: string): string => readFileSync(join(wire, file), 'utf8')

export type Goldens = Awaited<ReturnType<typeof makeGoldens>>

/** An office, a device, and one of everything that they say to each other. */
export async function makeGoldens() {
  const office = await anOffice()
  const device = await aDevice()
  const parts = await cutIntoParts(crypto.getRandomValues(new Uint8Array(900)), 'ảnh', crypto.getRandomValues(new Uint8Array(32)))
  const application = anApplication({ attachments: [anAttachment()] })
  const envelope = await anEnvelope(office, device, { application, parts: parts.map(({ name }) => name) })
  const about = { id: envelope.id, digest: envelope.digest, device: device.device }
  const signedBy = (typ: StatementType) => (claims: string) => signText(typ, claims, office.signingKey, { kid: office.signingKid })
  const { replyKey } = application
  return {
    office, device, application, about, signedBy, replyKey,
    envelope: { envelope: envelope.envelope, header: envelope.header },
    header: { v: 1, id: envelope.id, digest: envelope.digest, device: device.device, pack: birth, parts: parts.map(({ name }) => name), seq: 1 },
    outcome: { epoch: anEpoch, head: 7, kind: 'received', ...about, at },
    feed: { epoch: anEpoch, head: 9, after: 0, cursor: 9, more: false, events: [{ seq: 9, id: envelope.id, at, sealed: await sealReply({ kind: 'opened', at }, replyKey) }] },
    index: { epoch: anEpoch, head: 9, packs: [{ pack: birth, digest }], catalogue: { digest }, counter: {} },
    badge: { sub: anId(), name: 'Lê Thị Hoa', number: 'TNV-007', iat: 1_764_000_000, exp: 1_864_000_000, cnf: { jkt: device.device } },
    proof: { jti: 'j'.repeat(22), htm: 'GET', htu: 'http://localhost/api/v1/feed', iat: 0, nonce: 'n', body: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU' },
    manifest: {
      format: 1, office: { name: 'Phường thử', unit: '19753' }, root: office.root.publicJwk, keySet: office.signedKeySet, epoch: anEpoch, head: 9, at, schema: '0001-first',
      key: digest, tables: [{ name: 'events', columns: ['seq', 'id'], sizeBytes: 9, sha256: digest, lines: 1 }], keys: { sizeBytes: 9, sha256: digest, lines: 1 }, parts: { count: 0, sizeBytes: 0 },
    },
    holdings: await signHoldings({ epoch: anEpoch, head: 9, lacking: [], uncovered: [] }, [about], office.signingKey, office.signingKid),
    readsHoldings: (statement: string) => verifyHoldings(statement, office.keySet, [about]),
  }
}

/** Every reader of this project that meets bytes which somebody else made: at the office, on the tablet and at the desk. */
import { parseApplication, applicationBytes } from '../../../../core/application/application.ts'
import { replyShape } from '../../../../core/application/reply.ts'
import { utf8 } from '../../../../core/bytes.ts'
import { readLocalCode } from '../../../../core/identity/localCode.ts'
import { readOfficialCode } from '../../../../core/identity/officialCode.ts'
import { readPersonalNumber } from '../../../../core/identity/personalNumber.ts'
import { readPhone } from '../../../../core/identity/phone.ts'
import { fold } from '../../../../core/identity/fold.ts'
import { readCard } from '../../../../core/identity/cardQr.ts'
import { readImageHeader } from '../../../../core/application/imageHeader.ts'
import { isDay, parsePartialDate } from '../../../../core/procedure/dates.ts'
import { verifyBadge } from '../../../../core/sealing/badge.ts'
import { claimedHeader, verifyHeader } from '../../../../core/sealing/header.ts'
import { verifyKeySet } from '../../../../core/sealing/keySet.ts'
import { openSealed, readProtected } from '../../../../core/sealing/open.ts'
import { verifyOutcome } from '../../../../core/sealing/outcome.ts'
import { verifyProof } from '../../../../core/sealing/proof.ts'
import { openReply } from '../../../../core/sealing/reply.ts'
import { parseOutcomeAnswer } from '../../../../core/wire/answer.ts'
import { parseCarrierLine, writeCarrierLine } from '../../../../core/wire/carrier.ts'
import { parseEnvelope } from '../../../../core/wire/envelope.ts'
import { verifyFeed } from '../../../../core/wire/feed.ts'
import { holdingsQuestionShape } from '../../../../core/wire/holdings.ts'
import { verifyPackIndex } from '../../../../core/wire/packs.ts'
import { foldCode } from '../../../../core/wire/people.ts'
import { kindOfProblem } from '../../../../core/wire/problem.ts'
import { readOutcomes } from '../../../../desk/outcomes.ts'
import { addressOf } from '../../../../server/http/address.ts'
import { isFreshNonce } from '../../../../server/http/nonce.ts'
import { parseBody } from '../../../../server/http/json.ts'
import { verifyManifest } from '../../../../server/backup/manifest.ts'
import { headerAbout, headerParts } from '../../../../server/intake/headerParts.ts'
import { readSecret } from '../../../../server/people/codes.ts'
import { retryAfter } from '../../../../src/offline/http.ts'
import { readAnswers } from '../../../../src/offline/outbox/overHttp.ts'
import { readMirrored, readWhole } from '../../../../src/offline/outbox/mirrored.ts'
import { findingsShape, ledgerShape } from '../../../../src/offline/findings.ts'
import { aJpeg, aPng, aWebp, exifBlock, notPhotos } from '../../../support/photos.ts'
import { signText } from '../signText.ts'
import { type Goldens, wireText } from './goldens.ts'
import { procedureTargets } from './procedureTargets.ts'
import { ofBytes, ofJsonText, ofSigned, ofText, ofValue, type Target } from './target.ts'

const today = '2026-11-24'
const cards = [
  '046190000001||Trần Thị Bé|05031990|Nữ|12 Kiệt 5 Tổ 3, Thuận Hòa, Thành phố Huế, Thừa Thiên Huế|20082021',
  '046190000001|191234567|Công Tằng Tôn Nữ Hỷ Khương|05031990|Nữ|Hương Xuân, Thừa Thiên Huế|20082021||||',
]
const finding = { foundAt: '2026-11-24T03:00:00.000Z', restored: 1, drafts: 0, applications: 0, volunteers: 0, unreadable: ['a.b'], keyLost: false, readAt: null }

/** All of them. */
export const targetsOf = (goldens: Goldens): readonly Target[] => [...wireTargets(goldens), ...signedTargets(goldens), ...peopleTargets(goldens), ...storeTargets(goldens), ...procedureTargets(goldens)]

function wireTargets({ envelope, office, device, about, application }: Goldens): Target[] {
  const part = { kind: 'part', part: 'p'.repeat(43), bytes: utf8('phần') } as const
  const lines = [writeCarrierLine(part), writeCarrierLine({ kind: 'envelope', envelope }), ...wireText('carrier.ndjson').split('\n')]
  return [
    ofJsonText('envelope', [envelope, JSON.parse(wireText('envelope.json'))], parseEnvelope),
    ofText('carrier line', lines, parseCarrierLine),
    ofJsonText('sealed, from outside', [JSON.parse(envelope.envelope)], readProtected),
    ofJsonText('sealed, opened', [JSON.parse(envelope.envelope)], (text) => openSealed(text, office.opener)),
    ofText('header, claimed', [envelope.header], (text) => [claimedHeader(text), headerParts(text), headerAbout(text)]),
    ofText('header, verified', [envelope.header], (text) => verifyHeader(text, device.device, device.publicJwk)),
    ofBytes('application', [applicationBytes(application)], parseApplication),
    ofValue('outcome answer', [JSON.parse(wireText('outcome.json')), { outcome: 'a.b.c', missing: ['x'] }], parseOutcomeAnswer),
    ofText('outcomes file, tablet', [wireText('outcomes.ndjson')], readAnswers),
    ofText('outcomes file, desk', [wireText('outcomes.ndjson')], readOutcomes),
    ofValue('problem', [{ type: 'urn:tiepsuc:problem:malformed', title: 'malformed', status: 400, detail: 'x' }], kindOfProblem),
    ofJsonText('holdings question', [{ held: [about, about] }], (text) => parseBody(text, holdingsQuestionShape)),
    ofText('Retry-After', ['120', 'Wed, 21 Oct 2026 07:28:00 GMT', '999999999999', '-1', '1e9'], (text) => retryAfter(text, 1_764_000_000_000)),
    ofText('forwarded address', ['203.0.113.9, 198.51.100.2', '2001:db8::1', '[2001:db8::1]:443', '::ffff:192.0.2.1'], (text) => addressOf('127.0.0.1', text, 1)),
    ofText('nonce', ['mid1c4g0.AAAAAAAAAAAAAAAAAAAAAA'], (text) => isFreshNonce(new Uint8Array(32), text, 1_764_000_000_000)),
  ]
}

function signedTargets({ about, signedBy, office, device, replyKey, ...golden }: Goldens): Target[] {
  const byDevice = (typ: 'tiepsuc-header+jws' | 'dpop+jwt') => (claims: string) => signText(typ, claims, device.privateKey, { kid: device.device, jwk: device.publicJwk })
  const request = { method: 'GET', path: '/api/v1/feed', origins: ['http://localhost'], body: new Uint8Array(0) }
  return [
    ofSigned('signed outcome', [golden.outcome], signedBy('tiepsuc-outcome+jws'), (text) => verifyOutcome(text, office.keySet, about)),
    ofSigned('signed feed', [golden.feed], signedBy('tiepsuc-feed+jws'), (text) => verifyFeed(text, office.keySet, 0)),
    ofSigned('signed list of packs', [golden.index], signedBy('tiepsuc-packs+jws'), (text) => verifyPackIndex(text, office.keySet)),
    ofSigned('signed badge', [golden.badge], signedBy('tiepsuc-badge+jwt'), (text) => verifyBadge(text, office.keySet)),
    ofSigned('signed header', [golden.header], byDevice('tiepsuc-header+jws'), (text) => verifyHeader(text, device.device, device.publicJwk)),
    ofSigned('signed proof', [golden.proof], byDevice('dpop+jwt'), (text) => verifyProof(text, request)),
    ofSigned('backup manifest', [golden.manifest], signedBy('tiepsuc-backup+jws'), verifyManifest),
    ofText('key set', [office.signedKeySet], (text) => verifyKeySet(text, office.root.publicJwk)),
    ofText('holdings answer', [golden.holdings], golden.readsHoldings),
    ofText('reply', golden.feed.events.map(({ sealed }) => sealed), (text) => openReply(text, replyKey, replyShape)),
  ]
}

function peopleTargets(_goldens: Goldens): Target[] {
  return [
    ofText('card', cards, (text) => readCard(text, today)),
    ofText('personal number', ['046190000001'], readPersonalNumber),
    ofText('phone', ['0912345678', '+84 912 345 678'], readPhone),
    ofText('local code', ['TN-03-261124-001K'], readLocalCode),
    ofText('official code', ['H57.99.01-261124-0001', '000.00.01.H57-261124-0001'], (text) => readOfficialCode(text, today)),
    ofText('enrol or badge code', ['K7QM-2P4X', 'AAAAAAAAAAAAAAAAAAAAAA'], (text) => [foldCode(text), readSecret(text)]),
    ofText('folded words', ['Nguyễn Thị Thử', 'ĐẶNG'], fold),
    ofText('date', ['2026-11-24', '2026-11', '2026'], (text) => [parsePartialDate(text), isDay(text)]),
    ofBytes('image header', [aJpeg(), aJpeg({ exif: exifBlock({ orientation: 6 }) }), aPng(), aWebp(), ...notPhotos.map(([, , file]) => file)], readImageHeader),
  ]
}

function storeTargets({ about, envelope }: Goldens): Target[] {
  const mirrored = { v: 1, draftVersion: 2, item: { ...about, parts: [], sequence: 1 }, envelope: { id: about.id, ...envelope }, case: { id: about.id, stub: { iv: 'AAAA', bytes: 'AAAA' } } }
  const ledger = { count: 3, lastSequence: 4, device: about.device, drafts: 1, vaults: 1, held: 2 }
  return [
    ofJsonText('second copy', [mirrored], (text) => [readMirrored(text), readWhole(`${about.id}.${about.digest}`, text)]),
    ofJsonText('findings', [[finding]], (text) => parseBody(text, findingsShape)),
    ofJsonText('ledger', [ledger], (text) => parseBody(text, ledgerShape)),
  ]
}

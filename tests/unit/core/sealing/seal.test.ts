import { beforeAll, describe, expect, it } from 'vitest'
import { applicationBytes, parseApplication } from '../../../../core/application/application.ts'
import { base64url, utf8 } from '../../../../core/bytes.ts'
import { packRef } from '../../../../core/ids.ts'
import { partsDigest } from '../../../../core/sealing/digest.ts'
import { maxApplicationBytes, maxEnvelopeBytes } from '../../../../core/sealing/limits.ts'
import { openSealed, readProtected } from '../../../../core/sealing/open.ts'
import { seal } from '../../../../core/sealing/seal.ts'
import { aDevice, anApplication, anEnvelope, anId, anOffice, birth, type TestDevice, type TestOffice } from '../../../support/office.ts'

let office: TestOffice
let device: TestDevice
beforeAll(async () => {
  office = await anOffice()
  device = await aDevice()
})

async function sealBytes(bytes: Uint8Array) {
  return seal(bytes, { id: anId(), device: device.device, pack: birth, parts: await partsDigest([]) }, office.keySet)
}

describe('a sealed application', () => {
  it('is read by the office with the very answers that were given', async () => {
    const application = anApplication({ answers: { 'con.hoTen': 'CÔNG TẰNG TÔN NỮ HỶ KHƯƠNG' } })
    const { envelope } = await anEnvelope(office, device, { application })

    const opened = await openSealed(envelope, office.opener)

    expect(opened.ok && parseApplication(opened.value)).toEqual({ ok: true, value: application })
  })

  it('is also opened by the offline escrow key alone', async () => {
    const { envelope, application } = await anEnvelope(office, device)

    const opened = await openSealed(envelope, office.escrowOpener)

    expect(opened.ok && opened.value).toEqual(applicationBytes(application))
  })

  it('is unreadable for another office', async () => {
    const { envelope } = await anEnvelope(office, device)

    const opened = await openSealed(envelope, (await anOffice()).opener)

    expect(opened).toEqual({ ok: false, failure: { kind: 'unreadable', why: 'no key of ours' } })
  })

  it('says from outside which id, device, pack and parts it is for', async () => {
    const { envelope, id } = await anEnvelope(office, device, { parts: ['a'.repeat(43)] })

    expect(readProtected(envelope)).toEqual({
      ok: true,
      value: { id, device: device.device, pack: packRef('1.001193', '1.0.0'), parts: await partsDigest(['a'.repeat(43)]) },
    })
  })

  it('shows nothing of the answers from outside', async () => {
    const { envelope } = await anEnvelope(office, device, { application: { answers: { name: 'DauHieuRieng' } } })

    expect(envelope).not.toContain('DauHieuRieng')
  })

  it('does not open when one character of its ciphertext was changed', async () => {
    const { envelope } = await anEnvelope(office, device)
    const altered = envelope.replace(/"ciphertext":"(.)/, (_, first: string) => `"ciphertext":"${first === 'A' ? 'B' : 'A'}`)

    expect((await openSealed(altered, office.opener)).ok).toBe(false)
  })

  it('does not open when its protected header was exchanged for that of another one', async () => {
    const [one, other] = [await anEnvelope(office, device), await anEnvelope(office, device)]
    const swapped = JSON.stringify({
      ...(JSON.parse(one.envelope) as object),
      protected: (JSON.parse(other.envelope) as { protected: string }).protected,
    })

    expect((await openSealed(swapped, office.opener)).ok).toBe(false)
  })

  it('of a later sealing version is named so', () => {
    const later = JSON.stringify({ protected: base64url(utf8(JSON.stringify({ v: 2, enc: 'not known yet' }))) })

    expect(readProtected(later)).toEqual({ ok: false, failure: { kind: 'wireVersionUnknown', why: 'seal 2' } })
  })

  it.each(['', 'null', '[]', '{}', '{"protected":1}', '<html>', '{"protected":"!!"'])('is not made of %j', (text) => {
    expect(readProtected(text).ok).toBe(false)
  })
})

describe('the size of an application', () => {
  it('may be 1 MiB that does not compress, which still fits an envelope', async () => {
    const noise = new Uint8Array(maxApplicationBytes)
    for (let at = 0; at < noise.length; at += 65_536) crypto.getRandomValues(noise.subarray(at, at + 65_536))

    const sealed = await sealBytes(noise)

    expect(sealed.ok && sealed.value.length).toBeLessThan(maxEnvelopeBytes)
    expect(sealed.ok && (await openSealed(sealed.value, office.opener)).ok).toBe(true)
  })

  it('is refused on the tablet one byte above 1 MiB', async () => {
    expect(await sealBytes(new Uint8Array(maxApplicationBytes + 1))).toEqual({
      ok: false,
      failure: { kind: 'tooLargeToSeal', why: '1048577 bytes' },
    })
  })

  it('is refused by the office when something inflates beyond 1 MiB', async () => {
    const bomb = await aBomb(office, device, 64 * 1024 * 1024)

    expect(bomb.length).toBeLessThan(maxEnvelopeBytes)
    expect((await openSealed(bomb, office.opener)).ok).toBe(false)
  })
})

/** A sealed application made without our own limit: a hostile tablet would do this. */
async function aBomb(to: TestOffice, from: TestDevice, bytes: number): Promise<string> {
  const { GeneralEncrypt } = await import('jose')
  const { importSealingKey, thumbprint } = await import('../../../../core/sealing/keys.ts')
  const encrypt = new GeneralEncrypt(new Uint8Array(bytes)).setProtectedHeader({
    enc: 'A256GCM',
    zip: 'DEF',
    typ: 'tiepsuc-application+jwe',
    v: 1,
    id: anId(),
    device: from.device,
    pack: birth,
    parts: await partsDigest([]),
  })
  encrypt
    .addRecipient(await importSealingKey(to.keySet.working))
    .setUnprotectedHeader({ alg: 'ECDH-ES+A256KW', kid: await thumbprint(to.keySet.working) })
  return JSON.stringify(await encrypt.encrypt())
}

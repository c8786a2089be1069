import { describe, expect, it } from 'vitest'
import { decrypt, encrypt, importCipherKey } from '../../../../src/offline/vault/cipher.ts'
import { utf8 } from '../../../../core/bytes.ts'
import { aDevice, aDraft, aWorkingTablet, must, passphrase, seen, unlocked } from '../../../support/offline/aTablet.ts'
import { realRandom } from '../../../support/offline/fakePorts.ts'
import { volunteerId } from '../../../support/offline/fakeOffice.ts'

describe('a vault', () => {
  it('opens with its passphrase, also on another page and after a restart', async () => {
    const { device, tablet } = await aWorkingTablet()
    const { id } = await aDraft(tablet)
    const later = device.page().tablet

    await unlocked(later)

    expect(must(await later.drafts.open(id)).content.label).toBe('Nguyễn Văn An')
  })

  it('opens with a passphrase typed as composed or as decomposed Vietnamese', async () => {
    const { device } = await aWorkingTablet()

    expect(await device.page().tablet.vault.unlock(volunteerId, passphrase.normalize('NFD'))).toMatchObject({ ok: true })
  })

  it('stays shut with another passphrase', async () => {
    const { device } = await aWorkingTablet()

    expect(await device.page().tablet.vault.unlock(volunteerId, 'một câu thật khác')).toMatchObject({ failure: { kind: 'passphraseWrong' } })
  })

  it('takes no passphrase of less than twelve characters', async () => {
    const device = await aDevice()
    const { tablet } = device.page()
    must(await tablet.device.enrol({ ticket: 'ABCD-EFGH' }))
    const claimed = must(await tablet.vault.claimBadge('K7QM-2P4X'))

    expect(await tablet.vault.create(claimed, 'mười một ký')).toMatchObject({ failure: { kind: 'passphraseWrong' } })
  })

  it('that exists is never overwritten: a new badge is stored after unlocking, and the drafts stay readable', async () => {
    const { tablet } = await aWorkingTablet()
    const { id } = await aDraft(tablet)
    const again = must(await tablet.vault.claimBadge('K7QM-2P4X'))

    const wrong = await tablet.vault.create(again, 'một câu hoàn toàn khác')
    must(await tablet.vault.create(again, passphrase))

    expect(wrong).toMatchObject({ failure: { kind: 'passphraseWrong' } })
    expect(must(await tablet.drafts.open(id)).content.label).toBe('Nguyễn Văn An')
  })

  it('tells who is in, and nobody after the lock', async () => {
    const { tablet } = await aWorkingTablet()

    const who = await seen(tablet.vault.watchLock)
    tablet.vault.lock()

    expect(who).toMatchObject({ name: 'Lê Thị Hoa', number: 'TNV-007' })
    expect(await seen(tablet.vault.watchLock)).toBeNull()
  })

  it('can be chosen by its volunteer while it is locked', async () => {
    const { device } = await aWorkingTablet()

    const list = await seen(device.page().tablet.vault.watchVolunteers, (volunteers) => volunteers.length > 0)

    expect(list).toMatchObject([{ id: volunteerId, name: 'Lê Thị Hoa', number: 'TNV-007' }])
  })
})

describe('a ciphertext', () => {
  const place = { table: 'drafts.content', id: 'a', version: 3 } as const

  it('opens only where and as what it was made', async () => {
    const key = await importCipherKey(realRandom.bytes(32))
    const sealed = await encrypt(key, place, utf8('chữ'), realRandom)

    expect(await decrypt(key, place, sealed)).toMatchObject({ ok: true })
    for (const other of [{ ...place, id: 'b' }, { ...place, version: 2 }, { ...place, table: 'drafts.label' as const }]) {
      expect(await decrypt(key, other, sealed)).toMatchObject({ failure: { kind: 'cannotDecrypt' } })
    }
  })
})

describe('a draft that cannot be decrypted', () => {
  it('is listed as unreadable, hides no other, and is never overwritten', async () => {
    const { tablet, db } = await aWorkingTablet()
    const [bad, good] = [await aDraft(tablet), await aDraft(tablet)]
    const row = (await db.drafts.get(bad.id)) as { label: { iv: Uint8Array; bytes: Uint8Array }; content: { iv: Uint8Array; bytes: Uint8Array } }
    const damaged = { ...row, label: { ...row.label, bytes: row.label.bytes.map((byte) => byte ^ 1) }, content: { ...row.content, bytes: row.content.bytes.map((byte) => byte ^ 1) } }
    await db.drafts.put(damaged)

    const rows = await seen(tablet.drafts.watch, (list) => list.length === 2)

    expect(rows.map(({ id, readable }) => [id, readable]).sort()).toEqual([[bad.id, false], [good.id, true]].sort())
    expect(await tablet.drafts.open(bad.id)).toMatchObject({ failure: { kind: 'cannotDecrypt' } })
    expect(await db.drafts.get(bad.id)).toEqual(damaged)
  })
})

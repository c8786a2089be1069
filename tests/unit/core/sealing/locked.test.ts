import { expect, it } from 'vitest'
import { generateKeys } from '../../../../core/sealing/keys.ts'
import { lockKey, unlockKey } from '../../../../core/sealing/locked.ts'

it('opens with its passphrase and with no other, and never if it was altered', async () => {
  const { privateJwk } = await generateKeys('sign')
  const locked = await lockKey(privateJwk, '94QJ1-K2PW3', 'root')

  expect(await unlockKey(`${locked}\n`, '94QJ1-K2PW3')).toEqual({ ok: true, value: privateJwk })
  expect(await unlockKey(locked, '94QJ1-K2PW4')).toMatchObject({ ok: false, failure: { kind: 'passphraseWrong' } })
  expect(await unlockKey(`${locked.slice(0, -4)}AAAA`, '94QJ1-K2PW3')).toMatchObject({ ok: false })
  expect(await unlockKey('nothing', 'x')).toMatchObject({ ok: false })
  expect(locked).not.toContain(privateJwk.d)
}, 60_000)

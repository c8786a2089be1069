/**
 * The first run: every key of the office is made once. Root and escrow go to the take-offline folder, locked with a
 * passphrase that is announced and never stored; the others to the keys folder. The signed key set is written last: a
 * folder without it was never in use, and a run that died before simply begins again.
 */
import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { codeAlphabet } from '../../core/wire/people.ts'
import { generateKeys, importSigningKey } from '../../core/sealing/keys.ts'
import { signKeySet } from '../../core/sealing/keySet.ts'
import { lockKey } from '../../core/sealing/locked.ts'
import { writeSecret } from './keyFiles.ts'
import { searchColumns } from './searchHash.ts'

export const keyFileNames = {
  root: 'root.public.json',
  working: 'working.json',
  signing: 'signing.json',
  symmetric: 'symmetric.json',
  keySet: 'key-set.json',
} as const

export interface Birth {
  readonly keysFolder: string
  readonly takeOfflineFolder: string
  readonly office: { readonly name: string; readonly unit: string }
  readonly nowMs: number
  /** Told the passphrase of root and escrow before anything uses the keys. */
  readonly announce: (passphrase: string) => void
}

/** Two years: long enough for a ward, short enough that renewing is practised. */
export const keySetLifeMs = 2 * 365 * 86_400_000

const readme = `Take these two files off this machine.

root.jwe    signs the office's key sets. Needed to renew or replace the office's keys.
escrow.jwe  opens every application. Needed only when the office's working key is lost.

Copy both to two USB sticks, put the sticks and the passphrase (shown once, when the office first started) into
two different safes, then delete this folder. The desk warns every officer until it is gone.
`

/** Makes all keys of a new office. */
export async function makeKeys({ keysFolder, takeOfflineFolder, office, nowMs, announce }: Birth): Promise<void> {
  const [root, escrow, working, signing] = await Promise.all([generateKeys('sign'), generateKeys('open'), generateKeys('open'), generateKeys('sign')])
  const passphrase = newPassphrase()
  await mkdir(keysFolder, { recursive: true, mode: 0o700 })
  await mkdir(takeOfflineFolder, { recursive: true, mode: 0o700 })
  await writeSecret(join(takeOfflineFolder, 'root.jwe'), await lockKey(root.privateJwk, passphrase, 'root'))
  await writeSecret(join(takeOfflineFolder, 'escrow.jwe'), await lockKey(escrow.privateJwk, passphrase, 'escrow'))
  await writeSecret(join(takeOfflineFolder, 'README.txt'), readme)

  const write = (name: string, content: unknown) => writeSecret(join(keysFolder, name), `${JSON.stringify(content)}\n`)
  await write(keyFileNames.root, root.publicJwk)
  await write(keyFileNames.working, [working.privateJwk])
  await write(keyFileNames.signing, [signing.privateJwk])
  await write(keyFileNames.symmetric, {
    data: newSecret(),
    nonce: newSecret(),
    desk: newSecret(),
    code: newSecret(),
    index: Object.fromEntries(searchColumns.map((column) => [column, newSecret()])),
  })
  announce(passphrase)
  const keySet = {
    number: 1,
    issuedAt: new Date(nowMs).toISOString(),
    expiresAt: new Date(nowMs + keySetLifeMs).toISOString(),
    office,
    working: working.publicJwk,
    escrow: escrow.publicJwk,
    signing: [signing.publicJwk],
  }
  await write(keyFileNames.keySet, { statement: await signKeySet(keySet, await importSigningKey(root.privateJwk)) })
}

const newSecret = (): string => randomBytes(32).toString('base64url')

/** 125 bits as 25 letters and digits in groups of five, from an alphabet without look-alikes. */
function newPassphrase(): string {
  const letters = Array.from(randomBytes(25), (byte) => codeAlphabet[byte % 32] ?? '').join('')
  return letters.replace(/(.{5})(?=.)/g, '$1-')
}

/** A private key that lies locked on a stick: read, and opened with the passphrase from a file or from the person. */
import { fail, ok, type Result } from '../../../core/result.ts'
import type { PrivateJwk } from '../../../core/sealing/keys.ts'
import { unlockKey } from '../../../core/sealing/locked.ts'
import { readIfThere } from '../../keys/keyFiles.ts'
import { fileFailure } from '../../postgres/startFailure.ts'
import type { Shell } from './command.ts'

export interface LockedKey {
  readonly role: 'root' | 'escrow'
  readonly file: string
  /** Without one the person is asked. */
  readonly passphraseFile: string | undefined
}

/** The key, or the sentence that says why it did not open. */
export async function openLockedKey({ role, file, passphraseFile }: LockedKey, shell: Pick<Shell, 'askSecret'>): Promise<Result<PrivateJwk, string>> {
  const locked = await textIn(file)
  if (!locked.ok) return locked
  const passphrase = passphraseFile === undefined ? ok(await shell.askSecret(`Passphrase of the ${role} key: `)) : await textIn(passphraseFile)
  if (!passphrase.ok) return passphrase
  const key = await unlockKey(locked.value, passphrase.value.trim())
  return key.ok ? key : fail(`The passphrase does not open ${file}, or that is no ${role} key: nothing was changed.`)
}

async function textIn(path: string): Promise<Result<string, string>> {
  try {
    const text = await readIfThere(path)
    return text === null ? fail(`There is no file ${path}.`) : ok(text)
  } catch (cause) {
    return fail(fileFailure(cause, path).sentence)
  }
}

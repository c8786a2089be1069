/** Reads procedures/catalogue: the last file by name. A broken one is a sentence and is not offered. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { parseCatalogue } from '../../core/procedure/catalogue.ts'
import { parseJson } from '../../core/sealing/signed.ts'
import { catalogueDigest, signCatalogue } from '../../core/wire/packs.ts'
import { readIfThere } from '../keys/keyFiles.ts'
import type { OfficeKeys } from '../keys/officeKeys.ts'
import { errorCode } from '../postgres/startFailure.ts'

export interface SignedCatalogue {
  readonly digest: string
  /** As the office signed it. */
  readonly statement: string
}

/** The catalogue of a folder of procedures, signed; null when there is none or it is broken. */
export async function readCatalogue(folder: string, keys: OfficeKeys, say: (sentence: string) => void): Promise<SignedCatalogue | null> {
  const name = await lastIn(join(folder, 'catalogue'))
  if (name === undefined) return null
  const content = parseJson(await readIfThere(join(folder, 'catalogue', name)), v.unknown())
  const catalogue = parseCatalogue(content)
  if (!catalogue.ok) {
    say(`The catalogue ${name} is left out: ${catalogue.failure.why ?? 'not a catalogue'}.`)
    return null
  }
  return { digest: await catalogueDigest(content), statement: await signCatalogue(content, keys.signing, keys.signingKid) }
}

async function lastIn(folder: string): Promise<string | undefined> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json')).sort().at(-1)
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    throw cause
  }
}

/** One-time secrets: 128 bits for links, eight letters in two groups for typing. Random, and kept only as keyed hashes. */
import { createHmac } from 'node:crypto'
import { secretText } from '../../core/ids.ts'
import { codeAlphabet, foldCode } from '../../core/wire/people.ts'
import type { Office } from '../office.ts'

export interface OneTimeSecret {
  /** 22 letters of base64url, for links and QR. */
  readonly secret: string
  /** `XXXX-XXXX`, for typing. */
  readonly code: string
}

/** A fresh secret with its typed form; the two are independent, so neither tells the other. */
export function newSecret(random: Office['random']): OneTimeSecret {
  const letters = Array.from(random(8), (byte) => codeAlphabet[byte % 32] ?? '').join('')
  return { secret: secretText(random(16)), code: `${letters.slice(0, 4)}-${letters.slice(4)}` }
}

/** What somebody handed in: a link's secret, a typed code, or neither. */
export function readSecret(given: string): { secret: string } | { code: string } | null {
  if (/^[A-Za-z0-9_-]{22}$/.test(given)) return { secret: given }
  if (given.length > 30) return null
  const code = foldCode(given)
  return code.length === 8 ? { code } : null
}

/** Hash of a secret for its purpose, keyed: eight letters under a plain hash could be searched in a stolen dump. */
export function secretHash(key: Uint8Array, purpose: 'secret' | 'selector' | 'code', text: string): string {
  return createHmac('sha256', key).update(`${purpose} ${text}`).digest('base64url')
}

/** A statement over any text: also over one that is no JSON, or that no JavaScript value could be written to. */
import { CompactSign } from 'jose'
import { utf8 } from '../../../core/bytes.ts'
import type { KeyHandle, PublicJwk } from '../../../core/sealing/keys.ts'
import type { StatementType } from '../../../core/sealing/signed.ts'

export const signText = (typ: StatementType, text: string, key: KeyHandle, extra: { kid?: string; jwk?: PublicJwk } = {}): Promise<string> =>
  new CompactSign(utf8(text)).setProtectedHeader({ alg: 'ES256', typ, ...extra }).sign(key)

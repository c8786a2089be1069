/** The announced parts of a stored header. Its signature was checked before it was stored. */
import * as v from 'valibot'
import { fromBase64url, textOf } from '../../core/bytes.ts'
import { parseJson } from '../../core/sealing/signed.ts'

const claims = v.object({ parts: v.array(v.string()) })

/** Names of parts in order. */
export function headerParts(header: string): readonly string[] {
  const bytes = fromBase64url(header.split('.')[1] ?? '')
  return parseJson(bytes === null ? null : textOf(bytes), claims)?.parts ?? []
}

/** What a stored header says. Its signature was checked before it was stored. */
import * as v from 'valibot'
import { fromBase64url, textOf } from '../../core/bytes.ts'
import { isPackRef, type PackRef } from '../../core/ids.ts'
import { parseJson } from '../../core/sealing/signed.ts'

const partsShape = v.object({ parts: v.array(v.string()) })
const aboutShape = v.object({ pack: v.custom<PackRef>((value) => typeof value === 'string' && isPackRef(value)), seq: v.number() })

function claimsOf<T>(header: string, shape: v.GenericSchema<unknown, T>): T | null {
  const bytes = fromBase64url(header.split('.')[1] ?? '')
  return parseJson(bytes === null ? null : textOf(bytes), shape)
}

/** The announced parts: names in order. */
export function headerParts(header: string): readonly string[] {
  return claimsOf(header, partsShape)?.parts ?? []
}

/** The pack and the device's own number. */
export function headerAbout(header: string): { readonly pack: PackRef; readonly seq: number } | null {
  return claimsOf(header, aboutShape)
}

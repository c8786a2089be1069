/**
 * From a file to a small upright JPEG without metadata: looked at before it is decoded, decoded at the size it will keep,
 * written anew so that nothing but the picture remains. Pure but for the two acts that a browser does (`Pictures`).
 */
import { readImageHeader, type ImageHeader, type PhotoTrouble } from '../../core/application/imageHeader.ts'
import type { Bytes } from '../../core/bytes.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { photoHint, type PhotoHint } from './photoHint.ts'

/** The longer side of what is kept: small print of an A4 page stays legible, a page stays near half a megabyte. */
export const keptLongestSidePx = 2000
/** Reached by the first quality that does; the last one is taken as it comes. */
export const targetBytes = 600 * 1024
export const qualities = [0.8, 0.65, 0.5] as const
export const keptType = 'image/jpeg'

/** Why a file did not become a photo: what the header says, or what came of decoding it. */
export type ShrinkTrouble = PhotoTrouble | 'cannotDecode' | 'tooSlow' | 'unreadable'

export interface ShrunkPhoto {
  readonly mediaType: typeof keptType
  readonly widthPx: number
  readonly heightPx: number
  readonly bytes: Bytes
  /** Something to look at twice; never a reason to refuse. */
  readonly hint: PhotoHint | null
}

/** A decoded picture at the size that is kept. */
export interface Picture {
  readonly encode: (quality: number) => Promise<Bytes>
  /** Grey values of a small copy, row by row, and its width. */
  readonly look: () => { readonly grey: Uint8Array; readonly widthPx: number }
  readonly close: () => void
}

export interface Pictures {
  /** Upright and at this size, or null when the browser cannot. */
  readonly decode: (file: Bytes, header: ImageHeader, size: { widthPx: number; heightPx: number }) => Promise<Picture | null>
}

export async function shrinkPhoto(file: Bytes, { decode }: Pictures): Promise<Result<ShrunkPhoto, ShrinkTrouble>> {
  const header = readImageHeader(file)
  if (!header.ok) return header
  const size = keptSize(header.value)
  const picture = await decode(file, header.value, size)
  if (picture === null) return fail('cannotDecode')
  try {
    const look = picture.look()
    const bytes = await encodeSmall(picture)
    return ok({ mediaType: keptType, ...size, bytes, hint: photoHint(look.grey, look.widthPx) })
  } finally {
    picture.close()
  }
}

/** The picture's size within the longest side; a small one is not blown up. */
export function keptSize({ widthPx, heightPx }: { widthPx: number; heightPx: number }): { widthPx: number; heightPx: number } {
  const scale = Math.min(1, keptLongestSidePx / Math.max(widthPx, heightPx))
  return { widthPx: Math.max(1, Math.round(widthPx * scale)), heightPx: Math.max(1, Math.round(heightPx * scale)) }
}

async function encodeSmall(picture: Picture): Promise<Bytes> {
  let bytes: Bytes = new Uint8Array()
  for (const quality of qualities) {
    bytes = await picture.encode(quality)
    if (bytes.length <= targetBytes) break
  }
  return bytes
}

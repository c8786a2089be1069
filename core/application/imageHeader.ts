/**
 * Looks at a file that claims to be a photo before anything decodes it: what it really is by its first bytes, how large the
 * picture would be in memory, which way it was held, and whether it ends where it should. Never throws, reads each byte at
 * most once, and knows JPEG, PNG and WebP only; what is known to be something else is named, so that a person hears why.
 */
import { fail, ok, type Result } from '../result.ts'
import { ascii, startsWith } from './image/reading.ts'
import { readJpeg } from './image/jpeg.ts'
import { readPng } from './image/png.ts'
import { readWebp } from './image/webp.ts'

/** A larger file is not read into memory at all. */
export const maxPhotoFileBytes = 40 * 1024 * 1024
/** A picture of more pixels is not decoded: four bytes each would not fit beside everything else on a tablet of 2 GB. */
export const maxPhotoPixels = 60_000_000
/** No side may be longer, whatever the other; nor shorter, since nobody could read it. */
const longestSidePx = 30_000
const shortestSidePx = 16

export const photoTypes = ['image/jpeg', 'image/png', 'image/webp'] as const
export type PhotoType = (typeof photoTypes)[number]

export interface ImageHeader {
  readonly mediaType: PhotoType
  /** As the picture is to be looked at: after turning it by `orientation`. */
  readonly widthPx: number
  readonly heightPx: number
  /** EXIF's number from 1 (upright) to 8; 5 to 8 lie on their side. */
  readonly orientation: number
}

/** Why a file is not taken as a photo. Each has a sentence in every language. */
export type PhotoTrouble =
  | 'empty'
  | 'heic'
  | 'svg'
  | 'html'
  | 'pdf'
  | 'gif'
  | 'notPhoto'
  | 'truncated'
  | 'tooLargeFile'
  | 'tooManyPixels'
  | 'tooSmall'

/** The header of a whole file, or why it is no photo that we take. */
export function readImageHeader(file: Uint8Array): Result<ImageHeader, PhotoTrouble> {
  if (file.length === 0) return fail('empty')
  if (file.length > maxPhotoFileBytes) return fail('tooLargeFile')
  const read = readKnown(file)
  if (typeof read === 'string') return fail(read)
  const { widthPx, heightPx } = read
  if (widthPx * heightPx > maxPhotoPixels || Math.max(widthPx, heightPx) > longestSidePx) return fail('tooManyPixels')
  if (Math.min(widthPx, heightPx) < shortestSidePx) return fail('tooSmall')
  // Whether the end is there is asked last: an impossible size is the clearer reason.
  if (!read.whole) return fail('truncated')
  const lies = read.orientation >= 5
  return ok({
    mediaType: read.mediaType,
    widthPx: lies ? heightPx : widthPx,
    heightPx: lies ? widthPx : heightPx,
    orientation: read.orientation,
  })
}

function readKnown(file: Uint8Array) {
  if (startsWith(file, [0xff, 0xd8, 0xff])) return readJpeg(file)
  if (startsWith(file, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return readPng(file)
  if (ascii(file, 0, 4) === 'RIFF' && ascii(file, 8, 4) === 'WEBP') return readWebp(file)
  return foreignKind(file)
}

const heicBrands: ReadonlySet<string> = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1', 'avif', 'avis'])

/** What a file that is no photo of ours is, as far as a person needs to know. */
function foreignKind(file: Uint8Array): PhotoTrouble {
  if (startsWith(file, [0xff, 0xd8]) || startsWith(file, [0x89, 0x50, 0x4e, 0x47])) return 'truncated'
  if (ascii(file, 4, 4) === 'ftyp' && heicBrands.has(ascii(file, 8, 4))) return 'heic'
  if (ascii(file, 0, 5) === '%PDF-') return 'pdf'
  if (ascii(file, 0, 4) === 'GIF8') return 'gif'
  const text = ascii(file, 0, 1024).toLowerCase()
  if (text.includes('<svg')) return 'svg'
  return /<(!doctype html|html|head|body|script)/.test(text) ? 'html' : 'notPhoto'
}

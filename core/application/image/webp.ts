/** A WebP file (RFC 9649): RIFF with VP8X, VP8L or VP8 first, each of which says the size in its own way. */
import { readOrientation } from './exif.ts'
import { ascii, byteAt, uint16, uint32, type ReadImage } from './reading.ts'

type Size = { readonly widthPx: number; readonly heightPx: number }

export function readWebp(file: Uint8Array): ReadImage<'image/webp'> | 'notPhoto' | 'truncated' {
  if (file.length < 30) return 'truncated'
  const size = sizeOf(file)
  if (size === null || size.widthPx <= 0 || size.heightPx <= 0) return 'notPhoto'
  const whole = uint32(file, 4, true) + 8 <= file.length
  return { mediaType: 'image/webp', ...size, orientation: orientationOf(file), whole }
}

const uint24 = (file: Uint8Array, at: number): number => uint16(file, at, true) + byteAt(file, at + 2) * 65_536

function sizeOf(file: Uint8Array): Size | null {
  switch (ascii(file, 12, 4)) {
    case 'VP8X':
      return { widthPx: uint24(file, 24) + 1, heightPx: uint24(file, 27) + 1 }
    case 'VP8L': {
      if (byteAt(file, 20) !== 0x2f) return null
      const bits = uint32(file, 21, true)
      return { widthPx: (bits % 0x4000) + 1, heightPx: (Math.floor(bits / 0x4000) % 0x4000) + 1 }
    }
    case 'VP8 ':
      if (ascii(file, 23, 3) !== '\x9d\x01\x2a') return null
      return { widthPx: uint16(file, 26, true) % 0x4000, heightPx: uint16(file, 28, true) % 0x4000 }
    default:
      return null
  }
}

function orientationOf(file: Uint8Array): number {
  for (let at = 12; at + 8 <= file.length; ) {
    const [name, size] = [ascii(file, at, 4), uint32(file, at + 4, true)]
    if (name === 'EXIF') return readOrientation(file.subarray(at + 8, at + 8 + size)) ?? 1
    at += 8 + size + (size % 2)
  }
  return 1
}

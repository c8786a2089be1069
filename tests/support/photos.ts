/** Files that are, or claim to be, photos: headers made by hand, so that a test says what is in them. */
import type { Attachment } from '../../core/application/attachment.ts'
import { concat, utf8, type Bytes } from '../../core/bytes.ts'

const bytes = (...values: readonly number[]): Bytes => new Uint8Array(values)
const twoBytes = (value: number): number[] => [value >> 8, value & 0xff]
const fourBytes = (value: number): number[] => [...twoBytes(value >>> 16), ...twoBytes(value & 0xffff)]

function segment(marker: number, content: Uint8Array): Bytes {
  return concat(bytes(0xff, marker, ...twoBytes(content.length + 2)), content)
}

/** EXIF with an orientation, a maker's note, and a GPS directory that says latitude 16 degrees, longitude 107. */
export function exifBlock({ orientation = 1, note = '' }: { orientation?: number; note?: string } = {}): Bytes {
  const text = utf8(`${note}\0`)
  const entry = (tag: number, type: number, count: number, value: readonly number[]): number[] => [...twoBytes(tag), ...twoBytes(type), ...fourBytes(count), ...value]
  const [noteAt, gpsAt] = [8 + 2 + 3 * 12 + 4, 8 + 2 + 3 * 12 + 4 + text.length]
  const numbersAt = gpsAt + 2 + 4 * 12 + 4
  const degrees = (whole: number): number[] => [...fourBytes(whole), ...fourBytes(1), ...fourBytes(0), ...fourBytes(1), ...fourBytes(0), ...fourBytes(1)]
  return concat(
    utf8('Exif\0\0MM'),
    bytes(0, 42, ...fourBytes(8), ...twoBytes(3)),
    bytes(...entry(0x010e, 2, text.length, fourBytes(noteAt))),
    bytes(...entry(0x0112, 3, 1, [...twoBytes(orientation), 0, 0])),
    bytes(...entry(0x8825, 4, 1, fourBytes(gpsAt)), ...fourBytes(0)),
    text,
    bytes(...twoBytes(4), ...entry(1, 2, 2, [0x4e, 0, 0, 0]), ...entry(2, 5, 3, fourBytes(numbersAt))),
    bytes(...entry(3, 2, 2, [0x45, 0, 0, 0]), ...entry(4, 5, 3, fourBytes(numbersAt + 24)), ...fourBytes(0)),
    bytes(...degrees(16), ...degrees(107)),
  )
}

/** A JPEG as far as its segments go: no picture in it, but a scan, and an end unless it is cut. */
export function aJpeg({ widthPx = 4000, heightPx = 3000, exif, cut = false }: { widthPx?: number; heightPx?: number; exif?: Bytes; cut?: boolean } = {}): Bytes {
  const frame = bytes(8, ...twoBytes(heightPx), ...twoBytes(widthPx), 1, 1, 0x11, 0)
  const scan = concat(segment(0xda, bytes(1, 1, 0, 0, 63, 0)), bytes(0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56))
  const start = concat(bytes(0xff, 0xd8), segment(0xe0, utf8('JFIF\0\x01\x01\0\0\x01\0\x01\0\0')))
  return concat(start, ...(exif ? [segment(0xe1, exif)] : []), segment(0xc0, frame), scan, ...(cut ? [] : [bytes(0xff, 0xd9)]))
}

/** A real JPEG with an EXIF block put in behind its start, as a camera writes it. */
export function withExif(jpeg: Uint8Array, exif: Uint8Array): Bytes {
  return concat(jpeg.subarray(0, 2), segment(0xe1, exif), jpeg.subarray(2))
}

/** A PNG's chunks with wrong checksums: enough for a header. */
export function aPng({ widthPx = 1200, heightPx = 800, cut = false }: { widthPx?: number; heightPx?: number; cut?: boolean } = {}): Bytes {
  const chunk = (name: string, content: Bytes): Bytes => concat(bytes(...fourBytes(content.length)), utf8(name), content, bytes(0, 0, 0, 0))
  const size = bytes(...fourBytes(widthPx), ...fourBytes(heightPx), 8, 2, 0, 0, 0)
  const start = concat(bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), chunk('IHDR', size), chunk('IDAT', new Uint8Array(40)))
  return cut ? start.slice(0, -8) : concat(start, chunk('IEND', new Uint8Array(0)))
}

/** A WebP with an extended header. */
export function aWebp({ widthPx = 900, heightPx = 600 }: { widthPx?: number; heightPx?: number } = {}): Bytes {
  const little = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff]
  const extended = bytes(0, 0, 0, 0, ...little(widthPx - 1), ...little(heightPx - 1))
  return concat(utf8('RIFF'), bytes(22, 0, 0, 0), utf8('WEBPVP8X'), bytes(10, 0, 0, 0), extended)
}

/** What people choose instead of a photo, each with the word that says why it is not taken. */
export const notPhotos: readonly (readonly [name: string, trouble: string, file: Bytes])[] = [
  ['a file of no bytes', 'empty', new Uint8Array(0)],
  ['an iPhone photo', 'heic', concat(bytes(0, 0, 0, 24), utf8('ftypheic'), new Uint8Array(12))],
  ['an SVG drawing', 'svg', utf8('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  ['a page of HTML', 'html', utf8('<!DOCTYPE html><html><body>giấy</body></html>')],
  ['a PDF', 'pdf', utf8('%PDF-1.7\n1 0 obj')],
  ['an animation', 'gif', utf8('GIF89a\x10\0\x10\0')],
  ['plain text', 'notPhoto', utf8('giấy chứng sinh')],
  ['a photo cut short', 'truncated', aJpeg({ cut: true })],
  ['a picture cut short', 'truncated', aPng({ cut: true })],
  ['a photo of 200 million pixels', 'tooManyPixels', aJpeg({ widthPx: 20_000, heightPx: 10_000 })],
  ['a picture one pixel high', 'tooSmall', aPng({ widthPx: 500, heightPx: 1 })],
]

/** A page of the birth certificate as an application names it; its parts are what the test says. */
export const anAttachment = (changes: Partial<Attachment> = {}): Attachment => ({
  ...{ id: '01920000-0000-7000-8000-0000000000a1', document: 'giayChungSinh', order: 1, mediaType: 'image/jpeg' },
  ...{ widthPx: 1500, heightPx: 2000, sizeBytes: 400_000, key: 'k'.repeat(43), parts: ['p'.repeat(43)], ...changes },
})

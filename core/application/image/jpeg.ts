/**
 * The segments of a JPEG (ITU-T T.81, annex B): the frame header has the size, APP1 may have EXIF with the orientation, and
 * after the last scan comes EOI. Without EOI the file was cut, and browsers paint the rest grey without a word.
 */
import { readOrientation } from './exif.ts'
import { byteAt, uint16, type ReadImage } from './reading.ts'

const [soi, eoi, sos, app1, temporary] = [0xd8, 0xd9, 0xda, 0xe1, 0x01]

const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
const standsAlone = (marker: number): boolean => marker === soi || marker === temporary || (marker >= 0xd0 && marker <= 0xd7)

interface Found {
  size: { widthPx: number; heightPx: number } | null
  orientation: number
}

export function readJpeg(file: Uint8Array): ReadImage<'image/jpeg'> | 'notPhoto' | 'truncated' {
  const found: Found = { size: null, orientation: 1 }
  let at = 2
  let whole = false
  while (at < file.length) {
    const next = nextMarker(file, at)
    if (next === null) break
    if (next.marker === eoi) {
      whole = true
      break
    }
    at = segmentEnd(file, next, found)
  }
  if (found.size === null) return whole ? 'notPhoto' : 'truncated'
  if (found.size.widthPx <= 0 || found.size.heightPx <= 0) return 'notPhoto'
  return { mediaType: 'image/jpeg', ...found.size, orientation: found.orientation, whole }
}

/** The next marker from here on, over fill bytes and over the coded data of a scan. */
function nextMarker(file: Uint8Array, from: number): { marker: number; after: number } | null {
  for (let at = file.indexOf(0xff, from); at !== -1; at = file.indexOf(0xff, at + 1)) {
    const marker = byteAt(file, at + 1)
    if (marker > 0 && marker !== 0xff) return { marker, after: at + 2 }
  }
  return null
}

/** Where the segment ends, having noted what it says. A broken length moves on by itself and never backwards. */
function segmentEnd(file: Uint8Array, { marker, after }: { marker: number; after: number }, found: Found): number {
  if (standsAlone(marker)) return after
  const end = after + Math.max(2, uint16(file, after))
  if (isFrame(marker) && found.size === null && after + 7 <= file.length) {
    found.size = { heightPx: uint16(file, after + 3), widthPx: uint16(file, after + 5) }
  }
  if (marker === app1) found.orientation = readOrientation(file.subarray(after + 2, end)) ?? found.orientation
  return marker === sos ? Math.min(end, file.length) : end
}

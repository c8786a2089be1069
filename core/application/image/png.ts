/** The chunks of a PNG: IHDR comes first with the size, IEND last; `eXIf` may turn it. */
import { readOrientation } from './exif.ts'
import { ascii, uint32, type ReadImage } from './reading.ts'

export function readPng(file: Uint8Array): ReadImage<'image/png'> | 'notPhoto' | 'truncated' {
  if (file.length < 33) return 'truncated'
  if (ascii(file, 12, 4) !== 'IHDR') return 'notPhoto'
  const [widthPx, heightPx] = [uint32(file, 16), uint32(file, 20)]
  if (widthPx <= 0 || heightPx <= 0) return 'notPhoto'
  let orientation = 1
  let whole = false
  for (let at = 33; at + 8 <= file.length && !whole; ) {
    const [size, name] = [uint32(file, at), ascii(file, at + 4, 4)]
    const end = at + 12 + size
    if (name === 'eXIf') orientation = readOrientation(file.subarray(at + 8, end - 4)) ?? orientation
    whole = name === 'IEND' && end <= file.length
    at = end
  }
  return { mediaType: 'image/png', widthPx, heightPx, orientation, whole }
}

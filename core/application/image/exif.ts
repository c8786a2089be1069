/** The orientation tag of EXIF (TIFF 6.0, first directory). Everything else in there is none of our business. */
import { ascii, uint16, uint32 } from './reading.ts'

const orientationTag = 0x0112
/** Directories are small; a count from a broken file is not believed further. */
const mostEntries = 200

/** 1 to 8 from the content of an APP1 or `eXIf` or `EXIF` block, or null when it says nothing. */
export function readOrientation(block: Uint8Array): number | null {
  const tiff = ascii(block, 0, 6) === 'Exif\0\0' ? block.subarray(6) : block
  const order = ascii(tiff, 0, 2)
  if (order !== 'II' && order !== 'MM') return null
  const little = order === 'II'
  const directory = uint32(tiff, 4, little)
  if (directory < 0) return null
  const count = Math.min(uint16(tiff, directory, little), mostEntries)
  for (let entry = 0; entry < count; entry += 1) {
    const at = directory + 2 + entry * 12
    if (uint16(tiff, at, little) !== orientationTag) continue
    const value = uint16(tiff, at + 8, little)
    return value >= 1 && value <= 8 ? value : null
  }
  return null
}

/** Reading numbers and words from bytes that may end anywhere: past the end is -1 or '', never an exception. */

/** What a reader of one format finds; `whole` is false when the file ends before the picture does. */
export interface ReadImage<Type extends string> {
  readonly mediaType: Type
  readonly widthPx: number
  readonly heightPx: number
  readonly orientation: number
  readonly whole: boolean
}

export const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? -1

/** Two or four bytes, the high one first, or the low one with `little`. */
export function uint16(bytes: Uint8Array, at: number, little = false): number {
  const [first, second] = [byteAt(bytes, at), byteAt(bytes, at + 1)]
  if (first < 0 || second < 0) return -1
  return little ? second * 256 + first : first * 256 + second
}

export function uint32(bytes: Uint8Array, at: number, little = false): number {
  const [first, second] = [uint16(bytes, at, little), uint16(bytes, at + 2, little)]
  if (first < 0 || second < 0) return -1
  return little ? second * 65_536 + first : first * 65_536 + second
}

/** Bytes as characters up to 255, fewer when the file ends. */
export function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(Math.max(0, at), Math.max(0, at) + length))
}

export const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean => start.every((byte, at) => bytes[at] === byte)

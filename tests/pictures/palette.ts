/**
 * Makes a screenshot small enough for a repository: Chromium's PNG with millions of colours becomes one with at most 64,
 * each pixel the nearest of them. Our screens are flat, so nobody sees the difference; a JPEG would be three times as large.
 * Reads only what Chromium writes: 8 bits, RGB or RGBA, not interlaced.
 */
import { deflateSync, inflateSync, crc32 } from 'node:zlib'

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
const most = 64

interface Pixels {
  readonly width: number
  readonly height: number
  /** One number a pixel: 0xrrggbb. */
  readonly colours: Uint32Array
}

export function withFewColours(png: Buffer): Buffer {
  const { width, height, colours } = read(png)
  const palette = paletteOf(colours)
  const nearest = new Map<number, number>()
  const rows = Buffer.alloc((width + 1) * height) // each row begins with its filter: 0, none
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = colours[y * width + x] ?? 0
      let index = nearest.get(colour)
      if (index === undefined) nearest.set(colour, (index = nearestOf(colour, palette)))
      rows[y * (width + 1) + 1 + x] = index
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const listed = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  return Buffer.concat([signature, chunk('IHDR', head), chunk('PLTE', listed), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}

function read(png: Buffer): Pixels {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const [bits, kind, , , interlaced] = png.subarray(24, 29)
  if (bits !== 8 || (kind !== 2 && kind !== 6) || interlaced !== 0) throw new Error('not a PNG as Chromium writes it')
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const size = kind === 2 ? 3 : 4
  const bytes = unfiltered(inflateSync(Buffer.concat(parts)), width * size, height, size)
  const colours = new Uint32Array(width * height)
  for (let at = 0; at < colours.length; at += 1) colours[at] = bytes.readUIntBE(at * size, 3)
  return { width, height, colours }
}

/** Undoes the row filters of the PNG standard, part 9. */
function unfiltered(filtered: Buffer, stride: number, height: number, size: number): Buffer {
  const bytes = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y += 1) {
    const filter = filtered[y * (stride + 1)] ?? 0
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x
      const left = x < size ? 0 : (bytes[at - size] ?? 0)
      const up = y === 0 ? 0 : (bytes[at - stride] ?? 0)
      const corner = x < size || y === 0 ? 0 : (bytes[at - stride - size] ?? 0)
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
      bytes[at] = ((filtered[y * (stride + 1) + 1 + x] ?? 0) + guess) & 255
    }
  }
  return bytes
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

/** The commonest colours, none too near to one that is already in. */
function paletteOf(colours: Uint32Array): number[] {
  const counts = new Map<number, number>()
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const chosen: number[] = []
  for (const [colour, count] of [...counts].sort(([, a], [, b]) => b - a)) {
    if (chosen.length === most) break
    // A ground may differ from another one by little; shades of an edge of a letter may not.
    const near = count > colours.length / 2000 ? 0 : 500
    if (chosen.every((other) => distance(colour, other) > near)) chosen.push(colour)
  }
  return chosen
}

function nearestOf(colour: number, palette: readonly number[]): number {
  let [best, least] = [0, Infinity]
  for (const [index, other] of palette.entries()) {
    const away = distance(colour, other)
    if (away < least) [best, least] = [index, away]
  }
  return best
}

function distance(one: number, other: number): number {
  const [red, green, blue] = [(one >> 16) - (other >> 16), ((one >> 8) & 255) - ((other >> 8) & 255), (one & 255) - (other & 255)]
  return 2 * red * red + 4 * green * green + 3 * blue * blue
}

function chunk(name: string, bytes: Buffer): Buffer {
  const framed = Buffer.alloc(bytes.length + 12)
  framed.writeUInt32BE(bytes.length, 0)
  framed.write(name, 4, 'latin1')
  bytes.copy(framed, 8)
  framed.writeUInt32BE(crc32(framed.subarray(4, bytes.length + 8)), bytes.length + 8)
  return framed
}

// A camera picture made by the test: a QR code lying on a grey card, as one raw frame that Chromium's fake camera repeats.
import { writeFileSync } from 'node:fs'
import { encode } from 'uqr'

const [width, height] = [1280, 720]
const [ink, paper, table] = [24, 225, 120]

/** Brightness of every pixel of the frame; the code is `sidePx` wide, with its quiet zone, in the middle. */
function frameOf(text: string, sidePx: number): Uint8Array {
  const { size, data } = encode(text, { ecc: 'M', border: 4 })
  const frame = new Uint8Array(width * height).fill(table)
  const [left, top] = [Math.floor((width - sidePx) / 2), Math.floor((height - sidePx) / 2)]
  for (let y = 0; y < sidePx; y += 1) {
    for (let x = 0; x < sidePx; x += 1) {
      const dark = data[Math.floor((y * size) / sidePx)]?.[Math.floor((x * size) / sidePx)] === true
      frame[(top + y) * width + left + x] = dark ? ink : paper
    }
  }
  return frame
}

/** Writes a YUV4MPEG2 file of one frame, in which the camera sees the code of `text`. */
export function writeCardVideo(path: string, text: string, sidePx = 430): void {
  const grey = new Uint8Array((width * height) / 2).fill(128)
  const head = `YUV4MPEG2 W${String(width)} H${String(height)} F10:1 Ip A1:1 C420\n`
  writeFileSync(path, Buffer.concat([Buffer.from(head), Buffer.from('FRAME\n'), frameOf(text, sidePx), grey]))
}

/** The same picture as a bitmap for a photo, drawn by the page itself: returns the brightness and its size. */
export const cardFrame = (text: string): { readonly width: number; readonly height: number; readonly grey: readonly number[] } => ({
  width,
  height,
  grey: [...frameOf(text, 430)],
})

/**
 * A guess whether a photo of a paper is too dark or blurred to read, from a small grey copy. Cheap and often wrong at the
 * edges: it only asks a person to look twice. Paper in any usable light is far brighter than `darkBelow`; print leaves
 * sharp steps between neighbours, and the spread of those steps (the Laplacian's variance) falls to little when blurred.
 */

export type PhotoHint = 'dark' | 'blurred'

const darkBelow = 60
const blurredBelow = 12

export function photoHint(grey: Uint8Array, widthPx: number): PhotoHint | null {
  if (grey.length === 0 || widthPx < 3) return null
  if (mean(grey) < darkBelow) return 'dark'
  return stepSpread(grey, widthPx) < blurredBelow ? 'blurred' : null
}

function mean(grey: Uint8Array): number {
  let sum = 0
  for (const value of grey) sum += value
  return sum / grey.length
}

function stepSpread(grey: Uint8Array, widthPx: number): number {
  const rows = Math.floor(grey.length / widthPx)
  const [at, count] = [(x: number, y: number): number => grey[y * widthPx + x] ?? 0, Math.max(1, (widthPx - 2) * (rows - 2))]
  let [sum, squares] = [0, 0]
  for (let y = 1; y < rows - 1; y += 1) {
    for (let x = 1; x < widthPx - 1; x += 1) {
      const step = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y)
      sum += step
      squares += step * step
    }
  }
  return squares / count - (sum / count) ** 2
}

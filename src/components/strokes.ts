/**
 * A signature as strokes, compact and without a picture: `x,y x,y;x,y x,y`, each from 0 to 1000 over the width of the pad
 * (core `Signature`). Points that a line passes anyway are left out; when the text would still be too long the lines get
 * straighter until it fits, so a scribble never stops an application.
 */
export interface Point {
  readonly x: number
  readonly y: number
}
export type Stroke = readonly Point[]

/** Height of the pad as a part of its width. */
export const padRatio = 0.4
const scale = 1000
/** Below the 20,000 characters that core takes (answers.ts). */
const mostCharacters = 12_000
/** A drawing smaller than this, of 1000, is an accident, not a signature. */
const leastSize = 40

const clamp = (value: number): number => Math.min(scale, Math.max(0, Math.round(value)))

function distanceToLine({ x, y }: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy)
  return length === 0 ? Math.hypot(x - from.x, y - from.y) : Math.abs(dy * (x - from.x) - dx * (y - from.y)) / length
}

/** Ramer, Douglas and Peucker: the points that matter to within `tolerance`. Without recursion, for strokes can be long. */
function thinned(stroke: Stroke, tolerance: number): Stroke {
  const kept = new Set([0, stroke.length - 1])
  const spans: [number, number][] = [[0, stroke.length - 1]]
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [first, last] = span
    const [from, to] = [stroke[first], stroke[last]]
    let [farthest, most] = [-1, tolerance]
    for (let index = first + 1; index < last; index += 1) {
      const point = stroke[index]
      const distance = point && from && to ? distanceToLine(point, from, to) : 0
      if (distance > most) [farthest, most] = [index, distance]
    }
    if (farthest < 0) continue
    kept.add(farthest)
    spans.push([first, farthest], [farthest, last])
  }
  return stroke.filter((_, index) => kept.has(index))
}

const textOf = (strokes: readonly Stroke[]): string =>
  strokes.map((stroke) => stroke.map(({ x, y }) => `${clamp(x)},${clamp(y)}`).join(' ')).join(';')

/** True when the drawing is large enough to be meant. */
function isMeant(strokes: readonly Stroke[]): boolean {
  const points = strokes.flat()
  const size = (of: (point: Point) => number): number => Math.max(...points.map(of)) - Math.min(...points.map(of))
  return points.length > 1 && Math.max(size(({ x }) => x), size(({ y }) => y)) >= leastSize
}

/** What was drawn on a pad of this width, as text; '' for nothing or an accidental touch. */
export function strokesText(drawn: readonly Stroke[], width: number): string {
  const strokes = drawn
    .filter((stroke) => stroke.length > 0)
    .map((stroke) => stroke.map(({ x, y }) => ({ x: (x / width) * scale, y: (y / width) * scale })))
  if (!isMeant(strokes)) return ''
  let text = ''
  for (let tolerance = 1.5; tolerance < scale; tolerance *= 2) {
    text = textOf(strokes.map((stroke) => thinned(stroke, tolerance)))
    if (text.length <= mostCharacters) return text
  }
  // Thousands of dots: the first ones are as good a sign of it as all.
  return text.slice(0, text.lastIndexOf(';', mostCharacters))
}

/** The strokes of a text; what cannot be read as a point is left out. */
export function readStrokes(text: string): readonly Stroke[] {
  return text
    .split(';')
    .map((stroke) =>
      stroke.split(' ').flatMap((pair) => {
        const match = /^(\d{1,4}),(\d{1,4})$/.exec(pair)
        return match === null ? [] : [{ x: Number(match[1]), y: Number(match[2]) }]
      }),
    )
    .filter((stroke) => stroke.length > 0)
}

/** Each stroke as the `points` of an SVG polyline; a dot is a line to itself, which round caps make visible. */
export const polylines = (text: string): readonly string[] =>
  readStrokes(text).map((stroke) => (stroke.length === 1 ? [...stroke, ...stroke] : stroke).map(({ x, y }) => `${x},${y}`).join(' '))

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signature } from '../../../core/procedure/kinds/signature.ts'
import { polylines, readStrokes, strokesText, type Point } from '../../../src/components/strokes.ts'

const field = { id: 'chuKy', kind: 'signature', required: true } as const
const accepts = (strokes: string): boolean => signature.parse({ how: 'drawn', strokes, witness: '', at: '2026-11-24T02:00:00.000Z' }, field).ok

describe('a signature as strokes', () => {
  it('is measured over the width of the pad, whatever its size', () => {
    expect(strokesText([[{ x: 10, y: 20 }, { x: 110, y: 20 }]], 200)).toBe('50,100 550,100')
    expect(strokesText([[{ x: 20, y: 40 }, { x: 220, y: 40 }]], 400)).toBe('50,100 550,100')
  })

  it('leaves out the points that its lines pass anyway', () => {
    const line = Array.from({ length: 200 }, (_, x) => ({ x, y: x }))

    expect(strokesText([line], 200)).toBe('0,0 995,995')
  })

  it('is nothing when the glass was only brushed against', () => {
    expect(strokesText([[{ x: 50, y: 50 }]], 200)).toBe('')
    expect(strokesText([[{ x: 50, y: 50 }, { x: 53, y: 52 }]], 200)).toBe('')
  })

  it('always fits into an application, and core takes it', () => {
    const point = fc.record({ x: fc.double({ min: -50, max: 900, noNaN: true }), y: fc.double({ min: -50, max: 400, noNaN: true }) })
    const drawings = fc.array(fc.array(point, { maxLength: 400 }), { maxLength: 12 })
    fc.assert(
      fc.property(drawings, (drawn: Point[][]) => {
        const text = strokesText(drawn, 800)
        return text === '' || (text.length <= 20_000 && accepts(text))
      }),
      { numRuns: 60 },
    )
  })

  it('stays under the limit for a scribble of many minutes', () => {
    const scribble = Array.from({ length: 900 }, (_, stroke) => Array.from({ length: 30 }, (__, at) => ({ x: (stroke * 37 + at * 91) % 800, y: (at * 53 + stroke * 17) % 320 })))
    const text = strokesText(scribble, 800)

    expect(text.length).toBeLessThanOrEqual(20_000)
    expect(accepts(text)).toBe(true)
  })

  it('comes back as the lines that are drawn, a dot as a line to itself', () => {
    expect(readStrokes('1,2 3,4;5,6')).toEqual([[{ x: 1, y: 2 }, { x: 3, y: 4 }], [{ x: 5, y: 6 }]])
    expect(polylines('1,2 3,4;5,6')).toEqual(['1,2 3,4', '5,6 5,6'])
    expect(readStrokes('<svg onload=alert(1)>')).toEqual([])
  })
})

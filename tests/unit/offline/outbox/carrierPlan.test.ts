// Which line goes into which file: no limit passed, every file whole by itself.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ApplicationId } from '../../../../core/ids.ts'
import { maxPartBytes } from '../../../../core/sealing/limits.ts'
import { partLineBytes, writeCarrierLine } from '../../../../core/wire/carrier.ts'
import { planFiles, type Load } from '../../../../src/offline/outbox/carrierPlan.ts'

const id = (n: number): ApplicationId => `app-${n}` as ApplicationId
const aLoad = (n: number, sizeBytes: number, ...parts: number[]): Load => ({ id: id(n), sizeBytes, parts: parts.map((partBytes, at) => ({ name: `${n}/${at}`, sizeBytes: partBytes })) })
const told = (loads: readonly Load[], limits: { bytes: number; lines: number }): string[] =>
  planFiles(loads, limits).map(({ lines }) => lines.map((line) => (line.kind === 'envelope' ? line.id : line.name)).join(' '))

describe('the files of an export', () => {
  it('are one, in the order of the applications, when everything fits', () => {
    expect(told([aLoad(1, 99, 3, 3), aLoad(2, 99)], { bytes: 1000, lines: 10 })).toEqual(['app-1 1/0 1/1 app-2'])
  })

  it('keep an application and its photos together while they fit into a file', () => {
    expect(told([aLoad(1, 499), aLoad(2, 499, 300)], { bytes: 1000, lines: 10 })).toEqual(['app-1', 'app-2 2/0'])
    expect(told([aLoad(1, 9), aLoad(2, 9, 3, 3)], { bytes: 1000, lines: 3 })).toEqual(['app-1', 'app-2 2/0 2/1'])
  })

  it('name an application again in every file that carries photos of it', () => {
    expect(told([aLoad(1, 99, 300, 300, 300)], { bytes: 1000, lines: 10 })).toEqual(['app-1 1/0', 'app-1 1/1', 'app-1 1/2'])
  })

  it('are none when nothing waits', () => {
    expect(planFiles([])).toEqual([])
  })

  it('never pass a limit, lose a line, or carry a part before its application', () => {
    const limits = { bytes: 3000, lines: 7 }
    const loads = fc.array(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.array(fc.nat({ max: 1200 }), { maxLength: 9 })), { maxLength: 12 })
    fc.assert(
      fc.property(loads, (shapes) => {
        const asked = shapes.map(([sizeBytes, parts], n) => aLoad(n, sizeBytes, ...parts))
        const files = planFiles(asked, limits)
        const names = new Set<string>()
        for (const file of files) {
          const here = new Set<string>()
          expect(file.lines.length).toBeLessThanOrEqual(limits.lines)
          expect(file.sizeBytes).toBeLessThanOrEqual(limits.bytes)
          for (const line of file.lines) {
            if (line.kind === 'envelope') here.add(line.id)
            else expect(here).toContain(`app-${line.name.split('/')[0] ?? ''}`)
            names.add(line.kind === 'envelope' ? line.id : line.name)
          }
        }
        expect(names.size).toBe(asked.reduce((sum, { parts }) => sum + 1 + parts.length, 0))
      }),
      { numRuns: 200 },
    )
  })
})

it('a part is planned with exactly the length of its line', () => {
  for (const partBytes of [0, 1, 2, 3, 1000, maxPartBytes]) {
    const line = writeCarrierLine({ kind: 'part', part: 'p'.repeat(43), bytes: new Uint8Array(partBytes) })
    expect(partLineBytes(partBytes)).toBe(line.length)
  }
})

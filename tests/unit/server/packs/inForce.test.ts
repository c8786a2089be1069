import { describe, expect, it } from 'vitest'
import { packRef } from '../../../../core/ids.ts'
import { newestInForce, type ShelfPack } from '../../../../server/packs/shelf.ts'
import { aPack } from '../../../support/packs.ts'

const version = (number: string, validFrom: string, code = '9.000001'): ShelfPack => {
  const ref = packRef(code, number)
  return { ref, pack: aPack({ code, version: number, validFrom }), published: { pack: ref, content: {}, texts: {} }, digest: '', statement: '', offered: true }
}
const inForce = (today: string, ...packs: readonly ShelfPack[]) => newestInForce(packs, today).map(({ ref }) => ref)

describe('the version that a tablet is offered', () => {
  it('is the newest that has begun', () => {
    const all = [version('1.10.0', '2026-06-01'), version('1.9.0', '2026-01-01'), version('2.0.0', '2027-03-01')]

    expect(inForce('2026-11-24', ...all)).toEqual(['9.000001@1.10.0'])
    expect(inForce('2027-03-01', ...all)).toEqual(['9.000001@2.0.0'])
  })

  it('is one that has not begun where there is no other', () => {
    expect(inForce('2026-11-24', version('1.0.0', '2027-03-01'))).toEqual(['9.000001@1.0.0'])
    expect(inForce('2026-11-24', version('1.0.0', '2027-03-01'), version('1.1.0', '2027-06-01'))).toEqual(['9.000001@1.1.0'])
  })

  it('is one for each procedure', () => {
    expect(inForce('2026-11-24', version('1.0.0', '2026-01-01'), version('1.0.0', '2026-01-01', '9.000002'))).toEqual(['9.000001@1.0.0', '9.000002@1.0.0'])
  })
})

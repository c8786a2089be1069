/** What a visit takes from one procedure of this repository to the next: papers that show the same, never those of the same id. */
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Attachment } from '../../core/application/attachment.ts'
import type { Pack } from '../../core/procedure/pack.ts'
import { newVisit, papersFor, withPapers } from '../../core/procedure/visit.ts'
import { packOfRepository } from '../support/packs.ts'

const codes = readdirSync('procedures').filter((name) => /^\d\.\d{6}$/.test(name))
const packs = codes.map((code) => packOfRepository(code))

const page = (document: string): Attachment => ({
  ...{ id: '01890000-0000-7000-8000-000000000301', document, order: 1, mediaType: 'image/jpeg', widthPx: 10, heightPx: 10, sizeBytes: 3 },
  ...{ key: 'k'.repeat(43), parts: ['p'.repeat(43)] },
})

/** Papers of the next procedure that have a photo when every paper of the first one was photographed. */
const carried = (first: Pack, next: Pack): readonly string[] =>
  papersFor(withPapers(newVisit(0), first.documents, first.documents.map(({ id }) => page(id))), next).map(({ document }) => document)

describe('between two procedures of one visit', () => {
  it.each([
    ['the draft of a will into the draft of a contract, nor one identity paper into those of all parties', '2.001019', '2.001035', []],
    ['one child’s birth papers into the registration of the next child', '1.001193', '1.001193', ['giayToTuyThan']],
    ['a claim, where the next one has a claim of its own', '1.001612', '1.011607', []],
    ['nothing but the identity paper', '2.000635', '2.000908', ['giayToTuyThan']],
  ])('nobody takes %s', (_, first, next, expected) => {
    expect(carried(packOfRepository(first), packOfRepository(next))).toEqual(expected)
  })

  it('a paper comes along only where both say that it shows the same', () => {
    for (const first of packs) for (const next of packs) {
      const shown = new Set(first.documents.flatMap(({ shows }) => shows ?? []))
      expect(carried(first, next)).toEqual(next.documents.filter(({ shows }) => shows !== undefined && shown.has(shows)).map(({ id }) => id))
    }
  })

  it('no paper of several people shows one person', () => {
    const several = packs.flatMap(({ documents }) => documents).filter(({ id }) => /HaiBen|CacBen/.test(id))

    expect(several.length).toBeGreaterThan(3)
    expect(several.filter(({ shows }) => shows !== undefined)).toEqual([])
  })
})

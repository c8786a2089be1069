import { describe, expect, it } from 'vitest'
import { parsePack } from '../../../../core/procedure/pack.ts'
import { checklist, missingPapers } from '../../../../core/procedure/checklist.ts'
import { photoConsent, photosAllowed, sortPhotos } from '../../../../core/procedure/photos.ts'
import { newVisit, withoutPapers, withPapers } from '../../../../core/procedure/visit.ts'
import { aPack, aPackFile, birthAnswers, birthPack, packOfRepository } from '../../../support/packs.ts'

const context = { today: '2026-11-23' }
const paper = { mode: 'submit', kind: 'copy', copies: 1, required: true, substitutes: [], replaceableByDatabase: false }
const consent = { id: 'chup', kind: 'consent', required: false, allows: 'photos' }
const asking = (documents: readonly object[] = [], field: object = consent) => ({ sections: [{ id: 's', fields: [field] }], documents })
const photos = [{ document: 'giayHIV' }, { document: 'cccd' }]

describe('photographs of papers', () => {
  it.each([
    ['yes', { 'dongY.chupAnh': true }, true],
    ['no', { 'dongY.chupAnh': false }, false],
    ['nothing', {}, false],
  ] as const)('are allowed by a yes alone: after %s', (_, answer, allowed) => {
    expect(photosAllowed(birthPack(), birthAnswers(answer))).toBe(allowed)
  })

  it('do not follow from another consent', () => {
    expect(photosAllowed(birthPack(), birthAnswers({ 'dongY.luuChuyen': true, 'dongY.tinNhan': true }))).toBe(false)
  })

  it('are allowed where the pack asks nobody', () => {
    expect(photoConsent(aPack())).toBeNull()
    expect(photosAllowed(aPack(), {})).toBe(true)
  })

  it('make a paper present only when they may be sent', () => {
    const stateOf = (answer: object) => checklist(birthPack(), birthAnswers({ ...answer }), {}, context, { giayChungSinh: 2 }).find(({ id }) => id === 'giayChungSinh')

    expect(stateOf({ 'dongY.chupAnh': true })).toMatchObject({ state: 'photographed', photo: 'allowed', pages: 2 })
    expect(stateOf({ 'dongY.chupAnh': false })).toMatchObject({ state: 'missing', photo: 'noConsent', pages: 0 })
    expect(missingPapers(birthPack(), birthAnswers(), {}, context, { giayChungSinh: 2 }).map(({ id }) => id)).toContain('giayChungSinh')
  })

  it('of a paper that is never photographed are not sent, whoever agreed', () => {
    const pack = aPack(asking([{ ...paper, id: 'giayHIV', photo: false }, { ...paper, id: 'cccd' }]))

    expect(sortPhotos(pack, { chup: true }, photos)).toEqual({ allowed: [{ document: 'cccd' }], notAllowed: [{ document: 'giayHIV' }] })
    expect(sortPhotos(pack, {}, photos)).toEqual({ allowed: [], notAllowed: photos })
  })

  it('that were taken back leave the visit with them', () => {
    const page = { document: 'cccd', order: 1, mediaType: 'image/jpeg', widthPx: 1, heightPx: 1, sizeBytes: 1, key: 'k'.repeat(43), parts: ['p'.repeat(43)] }
    const visit = withPapers(newVisit(0), aPack({ documents: [{ ...paper, id: 'cccd', shows: 'self.identity' }] }).documents, [{ ...page, id: 'a' }, { ...page, id: 'b', order: 2 }])

    expect(withoutPapers(visit, [{ ...page, id: 'a' }]).papers.map(({ id }) => id)).toEqual(['b'])
  })
})

describe('what a pack says of photographs', () => {
  it('is said by a consent, and by one alone', () => {
    const why = (fields: readonly object[]) => {
      const parsed = parsePack(aPackFile({ sections: [{ id: 's', fields }] }))
      return parsed.ok ? null : parsed.failure.why
    }

    expect(why([consent])).toBeNull()
    expect(why([{ ...consent, kind: 'yesNo' }])).toBe('chup: only a consent allows anything')
    expect(why([consent, { ...consent, id: 'chupNua' }])).toBe('allows.photos: twice')
    expect(why([{ ...consent, allows: 'everything' }])).not.toBeNull()
  })

  it('is that the certificate of HIV is never photographed', () => {
    const never = packOfRepository('1.001776').documents.filter(({ photo }) => photo === false).map(({ id }) => id)

    expect(never).toEqual(['giayHIV'])
  })
})

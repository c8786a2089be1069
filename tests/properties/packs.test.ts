/**
 * Laws over packs: over random ones, and over every pack of the repository with random answers. Tablet and office say the
 * same of the same answers, nothing hidden is left in what is sent, and nothing throws.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '../../core/canonical.ts'
import { emptyAddress, parseAnswers, withAnswer, type Answers, type AnswerValue } from '../../core/procedure/answers.ts'
import { checklist } from '../../core/procedure/checklist.ts'
import { derive, startAnswers } from '../../core/procedure/derive.ts'
import { feeFor } from '../../core/procedure/fees.ts'
import { fieldsOf, parsePack } from '../../core/procedure/pack.ts'
import { columnKindNames, type Field, type Pack } from '../../core/procedure/packShape.ts'
import { hiddenAnswers, normaliseAnswers, pruneHidden, relevantFields, validate, validateField } from '../../core/procedure/validate.ts'
import { packFolders } from '../packs/packsOfRepository.ts'
import { aPack } from '../support/packs.ts'

const context = { today: '2026-11-23' }
const words = fc.oneof(
  fc.constantFrom('VN', 'Kinh', '046190000001', '0905123456', '2026-11-05', '1990', '05/11/2026', 'true', '', ' ', 'nguye\u0302\u0303n', '-0', '12.000', 'x'.repeat(40)),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
const cell = fc.oneof(words, fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(emptyAddress()), fc.array(words, { maxLength: 3 }))

/** Something that may stand in this field: often one of its own choices, else anything. */
function answerTo({ choices, columns }: Field): fc.Arbitrary<AnswerValue> {
  const codes = choices?.map(({ code }) => code) ?? []
  const rows = fc.array(fc.dictionary(fc.constantFrom(...(columns?.map(({ id }) => id) ?? ['x']), 'alien'), cell, { maxKeys: 4, noNullPrototype: true }), { maxLength: 3 })
  const mark = fc.record({ how: fc.constantFrom('drawn' as const, 'mark' as const), strokes: words, witness: words, at: words }, { noNullPrototype: true })
  const own = codes.length > 0 ? fc.oneof(fc.constantFrom(...codes), fc.array(fc.constantFrom(...codes), { maxLength: 4 })) : columns ? rows : cell
  return fc.oneof({ weight: 4, arbitrary: own }, { weight: 1, arbitrary: fc.oneof(cell, rows, mark) })
}

const answersTo = (pack: Pack): fc.Arbitrary<Answers> =>
  fc.array(fc.constantFrom(...fieldsOf(pack)).chain((field) => fc.tuple(fc.constant(field.id), answerTo(field))), { maxLength: 30 }).map((pairs) => Object.fromEntries(pairs)).filter((answers) => parseAnswers(answers).ok)

/** A small pack whose fields depend on each other, always upwards. */
const randomPack: fc.Arbitrary<Pack> = fc
  .array(fc.record({ kind: fc.constantFrom(...columnKindNames, 'list', 'consent'), required: fc.boolean(), above: fc.nat(), equals: fc.constantFrom(true, 'a', 'b') }), { minLength: 1, maxLength: 8 })
  .map((made) =>
    aPack({
      sections: [
        {
          id: 's',
          fields: made.map(({ kind, required, above, equals }, index) => ({
            ...{ id: `f${index}`, kind, required },
            ...(kind === 'choice' || kind === 'multiChoice' ? { choices: [{ code: 'a' }, { code: 'b' }] } : {}),
            ...(kind === 'list' ? { columns: [{ id: 'a', kind: 'name', required: true }, { id: 'b', kind: 'number', required: false, when: { '!!': [{ var: 'row.a' }] } }] } : {}),
            ...(index === 0 ? {} : { when: { or: [{ '==': [{ var: `f${above % index}` }, equals] }, { '!': [{ var: `f${above % index}` }] }] } }),
          })),
        },
      ],
    }),
  )

/** What must hold for one pack and any answers. */
function holdsFor(pack: Pack, given: Answers): void {
  const typed = Object.entries(given).reduce<Answers>((answers, [id, value]) => normaliseAnswers(pack, withAnswer(answers, id, value)), {})
  const sent = pruneHidden(pack, typed, context)
  const travelled = parseAnswers(JSON.parse(canonical(sent)))
  const onTablet = validate(pack, typed, context).filter(({ rule }) => rule !== 'unknownField')

  expect(travelled).toEqual({ ok: true, value: sent })
  expect(validate(pack, travelled.ok ? travelled.value : {}, context)).toEqual(onTablet)
  expect(relevantFields(pack, typed, context).flatMap(({ id }) => validateField(pack, id, typed, context))).toEqual(onTablet)
  expect(hiddenAnswers(pack, sent, context)).toEqual([])
  expect(pruneHidden(pack, sent, context)).toEqual(sent)
  expect(normaliseAnswers(pack, typed)).toEqual(typed)
}

describe('any small pack, with any answers', () => {
  it('is judged alike on both sides and leaves nothing hidden', () => {
    fc.assert(
      fc.property(randomPack.chain((pack) => fc.tuple(fc.constant(pack), answersTo(pack))), ([pack, given]) => {
        holdsFor(pack, given)
      }),
      { numRuns: 600 },
    )
  })
})

describe.each(packFolders)('the pack $code@$version, with any answers', ({ pack: file }) => {
  const parsed = parsePack(file)
  if (!parsed.ok) throw new Error(parsed.failure.why)
  const pack = parsed.value

  it('is judged alike on both sides, leaves nothing hidden, and its papers, fee and suggestions never fail', () => {
    fc.assert(
      fc.property(answersTo(pack), (given) => {
        holdsFor(pack, given)
        checklist(pack, given, {}, context)
        expect(feeFor(pack, given, context).total).toBeGreaterThanOrEqual(0)
        const [first] = Object.keys(given)
        if (first !== undefined) derive(pack, given, first, { ...context, before: startAnswers(pack, context) })
      }),
      { numRuns: 25 },
    )
  })
})

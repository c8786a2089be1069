/**
 * Laws of the procedure rules over random input: nothing throws, normalising twice is normalising once, decomposed
 * letters mean the same as composed ones, nothing hidden is ever sent, and both sides say the same.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '../../core/canonical.ts'
import { tidyText } from '../../core/identity/names.ts'
import { makeLocalCode, readLocalCode } from '../../core/identity/localCode.ts'
import { readOfficialCode } from '../../core/identity/officialCode.ts'
import { isAddress, parseAnswers, type Answers, type AnswerValue } from '../../core/procedure/answers.ts'
import { addWorkingDays, isWorkingDay } from '../../core/procedure/calendar.ts'
import { checklist } from '../../core/procedure/checklist.ts'
import { evaluate, type Logic } from '../../core/procedure/conditions.ts'
import { plusDays } from '../../core/procedure/dates.ts'
import { derive } from '../../core/procedure/derive.ts'
import { feeFor } from '../../core/procedure/fees.ts'
import { kinds } from '../../core/procedure/kinds/kinds.ts'
import { operators } from '../../core/procedure/operators.ts'
import type { KindName } from '../../core/procedure/packShape.ts'
import { fieldsOf, parsePack } from '../../core/procedure/pack.ts'
import {
  hiddenAnswers,
  normaliseAnswers,
  pruneHidden,
  relevantFields,
  tidyAnswer,
  validate,
  validateField,
} from '../../core/procedure/validate.ts'
import { birthAnswers, birthPack, vietnameseCalendar } from '../support/packs.ts'

const pack = birthPack()
const fields = fieldsOf(pack)
const context = { today: '2026-11-23' }

const vietnamese = fc.string({
  unit: fc.constantFrom(...Array.from('aăâđeêioôơuưyĐÂẶẴễợự nghth '), '\u0301', '\u0323', '\u200b', '\u00a0', '1', '/', '-', "'"),
  maxLength: 30,
})
const likelyText = fc.oneof(
  vietnamese,
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('VN', 'AU', 'Kinh', 'other:Pa Cô', '046190000001', '0905123456', '2026-11-05', '1990', '05/11/2026', 'true', ''),
)
const choiceCode = fc.constantFrom(...fields.flatMap(({ choices }) => choices?.map(({ code }) => code) ?? []))
const anAddress = fc.record({
  countryCode: fc.constantFrom('VN', 'AU', '', 'ZZ'),
  provinceCode: fc.constantFrom('46', '48', '', '45'),
  wardCode: fc.constantFrom('19753', '19768', ''),
  wardText: vietnamese,
  detail: vietnamese,
  legacyText: vietnamese,
}, { noNullPrototype: true })
const value: fc.Arbitrary<AnswerValue> = fc.oneof(
  likelyText,
  choiceCode,
  fc.boolean(),
  fc.integer({ min: -5, max: 60 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  anAddress,
)
const fieldId = fc.constantFrom(...fields.map(({ id }) => id))
const answers: fc.Arbitrary<Answers> = fc.oneof(
  fc.dictionary(fieldId, value, { maxKeys: 40 }),
  fc.dictionary(fieldId, value, { maxKeys: 8 }).map((changes) => birthAnswers(changes)),
)

const nfd = (one: AnswerValue): AnswerValue => {
  if (typeof one === 'string') return one.normalize('NFD')
  if (!isAddress(one)) return one
  const { wardText, detail, legacyText } = one
  return { ...one, wardText: wardText.normalize('NFD'), detail: detail.normalize('NFD'), legacyText: legacyText.normalize('NFD') }
}

describe('parsing', () => {
  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        parseAnswers(input)
        parsePack(input)
        for (const field of fields) kinds[field.kind].tidy(input, field)
      }),
    )
  })

  it('never throws on any value in any field', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fields), value, (field, one) => {
        const tidy = tidyAnswer(field, one)
        if (tidy === undefined) return
        const parsed = kinds[field.kind].parse(tidy, field)
        if (parsed.ok) kinds[field.kind].check(parsed.value, field, context)
        kinds[field.kind].format(tidy, field, { locale: 'vi', choice: () => null, yes: 'Có', no: 'Không', signed: ({ how }) => how })
      }),
      { numRuns: 2000 },
    )
  })

  it('of a pack damaged in one place gives a pack or a failure', () => {
    const paths = ['sections', 'checks', 'documents', 'fee', 'deadline', 'related', 'validFrom', 'derivations']
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, damage) => {
        expect(typeof parsePack({ ...pack, [path]: damage }).ok).toBe('boolean')
      }),
    )
  })
})

describe('normalising', () => {
  it('twice is normalising once', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const once = normaliseAnswers(pack, given)
        expect(normaliseAnswers(pack, once)).toEqual(once)
      }),
      { numRuns: 1000 },
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(tidyText(tidyText(text))).toBe(tidyText(text))
      }),
    )
  })

  it.each(Object.entries(kinds))('a value of kind %s twice is tidying it once', (name, kind) => {
    const field = fields.find(({ kind: one }) => one === name) ?? { id: 'x', kind: name as KindName, required: true }
    const nasty = fc.string({
      unit: fc.constantFrom(...Array.from('aáĂ1084+ .-()/:ΰŉ'), 'other:', '0084', '84', '+84', '\u0301', '\u0308', '\u00a0', '\u200b'),
      maxLength: 14,
    })
    fc.assert(
      fc.property(fc.oneof(nasty, value), (given) => {
        const once = kind.tidy(given, field)
        expect(once === undefined ? undefined : kind.tidy(once, field)).toEqual(once)
      }),
      { numRuns: 2_000, examples: [['a \u0301'], ['008400841'], ['\u03b0']] },
    )
  })

  it('makes decomposed and composed letters the same', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const decomposed = Object.fromEntries(Object.entries(given).map(([id, one]) => [id, nfd(one)]))
        expect(normaliseAnswers(pack, decomposed)).toEqual(normaliseAnswers(pack, given))
        expect(validate(pack, decomposed, context)).toEqual(validate(pack, given, context))
      }),
      { numRuns: 500 },
    )
  })

  it('gives answers that survive the way to the office, unchanged and judged alike', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const sent = pruneHidden(pack, given, context)
        const read = parseAnswers(JSON.parse(canonical(sent)))
        expect(read).toEqual({ ok: true, value: sent })
        if (read.ok) expect(validate(pack, read.value, context)).toEqual(validate(pack, given, context))
      }),
      { numRuns: 500 },
    )
  })
})

describe('relevance', () => {
  it('leaves no hidden answer, and pruning twice is pruning once', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const sent = pruneHidden(pack, given, context)
        const asked = relevantFields(pack, given, context).map(({ id }) => id)
        expect(Object.keys(sent).filter((id) => !asked.includes(id))).toEqual([])
        expect(hiddenAnswers(pack, sent, context)).toEqual([])
        expect(relevantFields(pack, sent, context).map(({ id }) => id)).toEqual(asked)
      }),
      { numRuns: 500 },
    )
  })

  it('judges the whole as the sum of its fields', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const oneByOne = fields.flatMap(({ id }) => validateField(pack, id, given, context))
        expect(validate(pack, given, context)).toEqual(oneByOne)
      }),
      { numRuns: 100 },
    )
  })
})

describe('suggestions', () => {
  it('never touch the answer just given, nor one that is not a target', () => {
    const targets = new Set(pack.derivations.map(({ target }) => target))
    fc.assert(
      fc.property(answers, fieldId, value, (before, id, one) => {
        const given = { ...before, [id]: one }
        const after = derive(pack, given, id, { ...context, before })
        expect(after[id]).toEqual(one)
        for (const other of Object.keys(given)) if (!targets.has(other)) expect(after[other]).toEqual(given[other])
      }),
      { numRuns: 300 },
    )
  })
})

describe('papers and fees', () => {
  it('can be told for any answers; money is never negative or broken', () => {
    fc.assert(
      fc.property(answers, (given) => {
        checklist(pack, given, {}, context)
        const { total } = feeFor(pack, given, context)
        expect(Number.isFinite(total) && total >= 0).toBe(true)
      }),
    )
  })
})

describe('conditions', () => {
  const logic: fc.Arbitrary<Logic> = fc.letrec<{ logic: Logic }>((tie) => ({
    logic: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.constantFrom<Logic>(null, true, 0, 12, '', 'nam', '2026-11-05'),
      fieldId.map((id): Logic => ({ var: id })),
      fc.tuple(fc.constantFrom(...Object.keys(operators)), fc.array(tie('logic'), { maxLength: 4 })).map(([name, args]): Logic => ({ [name]: args })),
      fc.array(tie('logic'), { maxLength: 3 }),
    ),
  })).logic

  it('never throw, over any answers', () => {
    fc.assert(fc.property(logic, answers, (one, given) => void evaluate(one, given, context)), { numRuns: 1000 })
  })
})

describe('the calendar', () => {
  const calendar = vietnameseCalendar()

  it('ends every term on a working day, the later the longer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 30 }), (offset, count) => {
        const from = plusDays('2026-01-01', offset)
        const { date } = addWorkingDays(calendar, from, count)
        expect(isWorkingDay(calendar, date)).toBe(true)
        expect(date > from).toBe(true)
        expect(addWorkingDays(calendar, from, count + 1).date > date).toBe(true)
      }),
    )
  })
})

describe('codes', () => {
  it('of a tablet are read back, and never taken for official ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.constantFrom('03', '17', 'A7K', 'ZZ99'), (sequence, device) => {
        const code = makeLocalCode({ device, date: '2026-11-24', sequence })
        expect(readLocalCode(code)).toEqual({ device, date: '2026-11-24', sequence })
        expect(readOfficialCode(code, '2026-11-24').ok).toBe(false)
      }),
    )
  })
})

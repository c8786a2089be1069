/**
 * Every example of every pack, on both sides: the tablet's path (answers come one by one, each is judged as it is
 * typed, then all of them) and the office's path (canonical bytes, read back, parsed, judged). Both must say what the
 * example says, so a pack cannot mean one thing on the tablet and another at the desk.
 */
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { canonical } from '../../core/canonical.ts'
import { parseAnswers, withAnswer, type Answers } from '../../core/procedure/answers.ts'
import { checklist } from '../../core/procedure/checklist.ts'
import { feeFor } from '../../core/procedure/fees.ts'
import { parsePack, type Pack } from '../../core/procedure/pack.ts'
import { mayFinalise, type Problem } from '../../core/procedure/problems.ts'
import {
  hiddenAnswers,
  normaliseAnswers,
  pruneHidden,
  relevantFields,
  validate,
  validateField,
} from '../../core/procedure/validate.ts'
import { packFolders } from './packsOfRepository.ts'

const exampleSchema = v.strictObject({
  about: v.string(),
  today: v.string(),
  answers: v.record(v.string(), v.unknown()),
  problems: v.array(v.strictObject({ field: v.string(), rule: v.string(), level: v.string() })),
  papers: v.exactOptional(v.array(v.string())),
  fee: v.exactOptional(v.number()),
})

function packOf(folder: (typeof packFolders)[number]): Pack {
  const parsed = parsePack(folder.pack)
  if (!parsed.ok) throw new Error(parsed.failure.why)
  return parsed.value
}

function answersOf(input: unknown): Answers {
  const parsed = parseAnswers(input)
  if (!parsed.ok) throw new Error(parsed.failure.why)
  return parsed.value
}

const named = (problems: readonly Problem[]) => problems.map(({ field, rule, level }) => ({ field, rule, level }))

const cases = packFolders.flatMap((folder) =>
  Object.entries(folder.examples).map(([name, example]) => ({
    title: `${folder.code}@${folder.version} ${name}`,
    refused: name.startsWith('refused-'),
    pack: packOf(folder),
    example: v.parse(exampleSchema, example),
  })),
)

describe.each(cases)('$title', ({ pack, example, refused }) => {
  const context = { today: example.today }
  const given = answersOf(example.answers)
  /** What the tablet would send: typed one after the other, tidied, hidden answers left behind. */
  const typed = Object.entries(given).reduce<Answers>(
    (answers, [id, value]) => normaliseAnswers(pack, withAnswer(answers, id, value)),
    {},
  )

  it('is judged on the tablet, field by field and as a whole, as it says', () => {
    const fieldByField = relevantFields(pack, typed, context).flatMap(({ id }) =>
      validateField(pack, id, typed, context),
    )
    const whole = validate(pack, typed, context)

    expect(named(whole)).toEqual(example.problems)
    expect(named(fieldByField)).toEqual(example.problems.filter(({ rule }) => rule !== 'unknownField'))
  })

  it('is judged the same at the office, from the bytes that travelled', () => {
    const travelled: unknown = JSON.parse(canonical(typed))

    expect(named(validate(pack, answersOf(travelled), context))).toEqual(example.problems)
  })

  it('sends nothing that was not asked', () => {
    const sent = pruneHidden(pack, typed, context)

    expect(named(validate(pack, sent, context))).toEqual(
      example.problems.filter(({ rule }) => rule !== 'unknownField'),
    )
    expect(hiddenAnswers(pack, sent, context)).toEqual([])
    expect(given).toMatchObject(sent)
  })

  it(refused ? 'may not be finalised' : 'may be finalised', () => {
    expect(mayFinalise(validate(pack, typed, context))).toBe(!refused)
  })

  it('calls for the papers and the fee that it says', () => {
    const papers = checklist(pack, typed, {}, context).map(({ id }) => id)

    if (example.papers !== undefined) expect(papers).toEqual(example.papers)
    if (example.fee !== undefined) expect(feeFor(pack, typed, context).total).toBe(example.fee)
  })
})

/**
 * The pre-check of every pack against its own whole examples: whoever answers only the few questions is told every paper, the
 * fee, who must come and by when as the whole form says it later, or that it depends on a question by name.
 */
import { describe, expect, it } from 'vitest'
import { answerTo, isRows, parseAnswers, type Answers } from '../../core/procedure/answers.ts'
import { checklist } from '../../core/procedure/checklist.ts'
import { deadlineFor, expectedDate } from '../../core/procedure/deadlines.ts'
import { localMoment } from '../../core/procedure/dates.ts'
import { feeFor } from '../../core/procedure/fees.ts'
import { parsePack, type Pack } from '../../core/procedure/pack.ts'
import { whoMustCome } from '../../core/procedure/presence.ts'
import { readPlace } from '../../core/procedure/rows.ts'
import { usePrecheck, type Precheck } from '../../src/forms/usePrecheck.ts'
import { holidays } from '../../src/stores/holidays.ts'
import { packFolders } from './packsOfRepository.ts'

function packOf(file: unknown): Pack {
  const parsed = parsePack(file)
  if (!parsed.ok) throw new Error(parsed.failure.why)
  return parsed.value
}

const cases = packFolders.flatMap(({ code, version, pack, examples }) =>
  Object.entries(examples)
    .filter(([name]) => !name.startsWith('refused-'))
    .map(([name, example]) => ({ title: `${code}@${version} ${name}`, pack: packOf(pack), example: example as { today: string; answers: unknown } })),
)

/** Answers every question that is asked, as the example does; of a list its first row. */
function answersAll(precheck: Precheck, answers: Answers): void {
  const done = new Set<string>()
  for (let next = precheck.questions.value[0]; next !== undefined; next = precheck.questions.value.find(({ id }) => !done.has(id))) {
    done.add(next.id)
    const place = readPlace(next.id)
    const rows = place === null ? undefined : answerTo(answers, place.list)
    const given = place === null ? answerTo(answers, next.id) : isRows(rows) ? answerTo(rows[0] ?? {}, place.column) : undefined
    if (given !== undefined) precheck.answer(next.id, given)
  }
}

describe('the few questions of a pre-check', () => {
  it.each(cases)('$title', ({ pack, example }) => {
    const parsed = parseAnswers(example.answers)
    if (!parsed.ok) throw new Error(parsed.failure.why)
    const whole = Object.fromEntries(Object.entries(parsed.value).map(([id, answer]) => [id, pack.precheck?.includes(id) === true && isRows(answer) ? answer.slice(0, 1) : answer]))
    const nowMs = Date.parse(`${example.today}T02:00:00.000Z`)
    const precheck = usePrecheck(pack, () => nowMs)
    answersAll(precheck, whole)
    const [context, { papers, depends, fee, presence, expected }] = [{ today: example.today }, precheck]

    const needed = checklist(pack, whole, {}, context).filter(({ required }) => required).map(({ id }) => id)
    const told = papers.value.map(({ id }) => id)
    expect(needed.filter((id) => !told.includes(id)), 'papers that nobody was told of').toEqual([])
    const sure = papers.value.filter(({ perhaps }) => !perhaps).map(({ id }) => id)
    expect(sure.filter((id) => !needed.includes(id)), 'papers that are not needed').toEqual([])
    if (depends.value.fee.length === 0) expect(fee.value.total).toBe(feeFor(pack, whole, context).total)
    if (depends.value.presence.length === 0) expect(presence.value).toEqual(whoMustCome(pack, whole, context))
    if (depends.value.expected.length === 0) expect(expected.value).toEqual(expectedDate(deadlineFor(pack, whole, context), localMoment(nowMs), holidays))
  })

  it('are six at most in every pack that has a form, those of one row of a list among them counted as one', () => {
    for (const { pack } of packFolders) expect(packOf(pack).precheck?.length ?? 0).toBeLessThanOrEqual(6)
  })
})

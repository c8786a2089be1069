// What the catalogue says that everybody has to bring is what the pack asks of everybody: nobody is sent home for a paper that nobody wants.
import { describe, expect, it } from 'vitest'
import { parseAnswers } from '../../core/procedure/answers.ts'
import { parseCatalogue } from '../../core/procedure/catalogue.ts'
import { checklist } from '../../core/procedure/checklist.ts'
import { parsePack } from '../../core/procedure/pack.ts'
import { packFolders, readProcedureFile } from './packsOfRepository.ts'

const parsed = parseCatalogue(readProcedureFile('catalogue', 'vn-46.json'))
if (!parsed.ok) throw new Error('the catalogue cannot be read')
const catalogue = parsed.value

interface Asked {
  readonly mode: string
  readonly kind: string
}
const sorts = (papers: readonly Asked[]): ReadonlyMap<string, number> =>
  new Map(papers.map(({ mode, kind }) => [`${mode} ${kind}`, papers.filter((one) => one.mode === mode && one.kind === kind).length]))

describe.each(packFolders)('the catalogue about $code@$version', ({ code, pack, examples }) => {
  const always = (catalogue.procedures.find((entry) => entry.code === code)?.papers ?? []).filter(({ when }) => when === undefined)

  it('calls for a paper without a condition only where the pack asks it of everybody', () => {
    const read = parsePack(pack)
    if (!read.ok) throw new Error(read.failure.why)
    const missing = Object.entries(examples).filter(([name]) => !name.startsWith('refused-')).flatMap(([name, example]) => {
      const { answers, today } = example as { answers: unknown; today: string }
      const given = parseAnswers(answers)
      if (!given.ok) throw new Error(name)
      const asked = sorts(checklist(read.value, given.value, {}, { today }).filter(({ replacedByDatabase }) => !replacedByDatabase))
      return [...sorts(always)].filter(([sort, count]) => (asked.get(sort) ?? 0) < count).map(([sort]) => `${name}: ${sort}`)
    })

    expect(missing).toEqual([])
  })
})

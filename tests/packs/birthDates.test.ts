// Elderly people often know only the year of their birth: who is invited to give the year alone may give it.
import { describe, expect, it } from 'vitest'
import { fieldsOf, parsePack } from '../../core/procedure/pack.ts'
import { parseTexts } from '../../core/procedure/texts.ts'
import { validateField } from '../../core/procedure/validate.ts'
import { blocks, packFolders } from './packsOfRepository.ts'

const person = blocks.get('person.1')
const hintIn = (locale: string): string => JSON.stringify((person?.texts[locale]?.fields as Record<string, { hint?: string }> | undefined)?.['ngaySinh']?.hint)
const invitations = ['vi', 'en'].map(hintIn)

describe.each(packFolders)('pack $code@$version', ({ pack, texts }) => {
  it('takes the year alone wherever its words say that it is enough', () => {
    const parsed = parsePack(pack)
    if (!parsed.ok) throw new Error(parsed.failure.why)
    const invited = Object.values(texts).flatMap((words) => {
      const read = parseTexts(words, parsed.value)
      if (!read.ok) throw new Error(read.failure.why)
      return fieldsOf(parsed.value).filter(({ id }) => invitations.includes(JSON.stringify(read.value.fields[id]?.hint)))
    })

    const refused = invited.filter(({ id }) => validateField(parsed.value, id, { [id]: '1938' }, { today: '2026-11-23' }).some(({ rule }) => rule === 'date.precision'))
    expect(refused.map(({ id }) => id)).toEqual([])
  })
})

it('the invitation that is meant here is in every language', () => {
  expect(invitations).not.toContain(undefined)
})

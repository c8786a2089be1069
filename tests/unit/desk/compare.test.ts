import { describe, expect, it } from 'vitest'
import { differences } from '../../../desk/reading/compare.ts'
import { readForm, type ReadForm } from '../../../desk/reading/form.ts'
import { aCaseFile } from '../../support/deskCases.ts'

const formOf = (answers: Record<string, unknown>): ReadForm => {
  const form = readForm(aCaseFile({ answers }), 'vi', {})
  if (form === null) throw new Error('the birth pack can be read')
  return form
}
const asIs = (state: string): string => state

describe('two versions under one code', () => {
  // Without a telephone nobody is asked whose it is: that item falls away with it.
  it('are told apart by the words of the form', () => {
    const found = differences(formOf({}), formOf({ 'con.hoTen': 'Hồ Văn Thử', 'nyc.dienThoai': '' }), asIs)

    expect(found.map(({ id }) => id).sort()).toEqual(['con.hoTen', 'nyc.dienThoai', 'nyc.dienThoaiCua'])
    expect(found.find(({ id }) => id === 'con.hoTen')).toMatchObject({ second: 'HỒ VĂN THỬ' })
    expect(found.find(({ id }) => id === 'nyc.dienThoai')?.second).toBe('')
  })

  it('that say the same have no difference', () => {
    expect(differences(formOf({}), formOf({}), asIs)).toEqual([])
  })
})

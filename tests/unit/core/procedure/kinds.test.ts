import { describe, expect, it } from 'vitest'
import { emptyAddress, type Address, type AnswerValue, type Signature } from '../../../../core/procedure/answers.ts'
import { kinds } from '../../../../core/procedure/kinds/kinds.ts'
import type { Field, KindName } from '../../../../core/procedure/packShape.ts'
import { tidyAnswer } from '../../../../core/procedure/validate.ts'

const context = { today: '2026-11-23' }
const reading = { locale: 'vi', choice: (code: string) => (code === 'nam' ? 'Nam' : null), yes: 'Có', no: 'Không', signed: ({ how }: { how: string }) => how }

const aField = (kind: KindName, options: Partial<Field> = {}): Field => ({ id: 'x', kind, required: true, ...options })

/** What becomes of a value: its stored form with remarks, the rule it breaks, or nothing. */
function judged(field: Field, value: AnswerValue): unknown {
  const tidy = tidyAnswer(field, value)
  if (tidy === undefined) return undefined
  const parsed = kinds[field.kind].parse(tidy, field)
  if (!parsed.ok) return { breaks: parsed.failure.rule }
  return { kept: parsed.value, remarks: kinds[field.kind].check(parsed.value, field, context).map(({ rule }) => rule) }
}

const hue = (part: Partial<Address>): Address => ({ ...emptyAddress(), provinceCode: '46', wardCode: '19753', ...part })
const choices = [{ code: 'nam' }, { code: 'nu' }]

const drawn = (change: Partial<Signature>): Signature => ({ how: 'drawn', strokes: '10,10 20,20', witness: '', at: '2026-11-23T02:15:00Z', ...change })
const mark = (witness: string): Signature => ({ how: 'mark', strokes: '', witness, at: '2026-11-23T02:15:00Z' })

describe('answers of each kind', () => {
  it.each<[string, Field, AnswerValue, unknown]>([
    ['text', aField('text'), '  12  Kiệt 5 ', { kept: '12 Kiệt 5', remarks: [] }],
    ['blank text', aField('text'), ' \u200b ', undefined],
    ['long text', aField('text', { maxLength: 3 }), 'abcd', { breaks: 'text.tooLong' }],
    ['truth as text', aField('text'), true, { breaks: 'text.shape' }],
    ['name', aField('name', { warnLength: 25 }), 'Trần Thị Bé', { kept: 'Trần Thị Bé', remarks: [] }],
    ['name of 26 letters', aField('name', { warnLength: 25 }), 'Công Tằng Tôn Nữ Hỷ Khương', { kept: 'Công Tằng Tôn Nữ Hỷ Khương', remarks: ['name.long'] }],
    ['name with a digit', aField('name'), 'An 2', { breaks: 'name.characters' }],
    ['choice', aField('choice', { choices }), 'nam', { kept: 'nam', remarks: [] }],
    ['unknown choice', aField('choice', { choices }), 'khac', { breaks: 'choice.unknown' }],
    ['no', aField('yesNo'), false, { kept: false, remarks: [] }],
    ['yes as text', aField('yesNo'), 'true', { kept: true, remarks: [] }],
    ['number for yes', aField('yesNo'), 1, { breaks: 'yesNo.shape' }],
    ['declaration', aField('declaration'), true, { kept: true, remarks: [] }],
    ['unticked declaration', aField('declaration'), false, undefined],
    ['typed date', aField('date'), '5/1/2026', { kept: '2026-01-05', remarks: [] }],
    ['typed date with full stops', aField('date'), '05.01.2026', { kept: '2026-01-05', remarks: [] }],
    ['packed date', aField('date'), '05012026', { kept: '2026-01-05', remarks: [] }],
    ['date that does not exist', aField('date'), '30/02/2026', { breaks: 'date.shape' }],
    ['month for a day', aField('date'), '02/2026', { breaks: 'date.precision' }],
    ['year where a year will do', aField('date', { precision: ['day', 'year'] }), '1938', { kept: '1938', remarks: [] }],
    ['future date', aField('date', { notFuture: true }), '24/11/2026', { kept: '2026-11-24', remarks: ['date.future'] }],
    ['very old date', aField('date'), '01/01/1901', { kept: '1901-01-01', remarks: ['date.old'] }],
    ['count', aField('number', { min: 1, max: 50 }), '50', { kept: 50, remarks: [] }],
    ['count above', aField('number', { min: 1, max: 50 }), 51, { breaks: 'number.range' }],
    ['half a copy', aField('number'), 1.5, { breaks: 'number.shape' }],
    ['personal number in groups', aField('personalNumber'), '046 190 000 001', { kept: '046190000001', remarks: [] }],
    ['personal number of nobody alive', aField('personalNumber'), '046490000005', { kept: '046490000005', remarks: ['personalNumber.century'] }],
    ['short personal number', aField('personalNumber'), '046', { breaks: 'personalNumber.shape' }],
    ['phone', aField('phone'), '+84 905 123 456', { kept: '0905123456', remarks: [] }],
    ['old phone', aField('phone'), '0120 512 3456', { kept: '01205123456', remarks: ['phone.converted'] }],
    ['short phone', aField('phone'), '0905', { breaks: 'phone.shape' }],
    ['e-mail', aField('email'), ' be@hue.gov.vn ', { kept: 'be@hue.gov.vn', remarks: [] }],
    ['no e-mail', aField('email'), 'be@hue', { breaks: 'email.shape' }],
    ['ethnic group', aField('ethnicGroup'), 'Tà-ôi', { kept: 'Tà-ôi', remarks: [] }],
    ['other ethnic group', aField('ethnicGroup'), 'other: Pa Cô', { kept: 'other:Pa Cô', remarks: [] }],
    ['other without a word', aField('ethnicGroup'), 'other:', { breaks: 'ethnicGroup.other' }],
    ['no ethnic group', aField('ethnicGroup'), 'Martian', { breaks: 'ethnicGroup.unknown' }],
    ['country', aField('country'), 'vn', { kept: 'VN', remarks: [] }],
    ['no country', aField('country'), 'ZZ', { breaks: 'country.unknown' }],
    ['address', aField('address'), hue({ detail: ' 12  Kiệt 5 ' }), { kept: hue({ detail: '12 Kiệt 5' }), remarks: [] }],
    ['blank address', aField('address'), emptyAddress(), undefined],
    ['address as text', aField('address'), '12 Kiệt 5', { breaks: 'address.shape' }],
    ['address without province', aField('address'), hue({ provinceCode: '' }), { breaks: 'address.province' }],
    ['address with a ward of old', aField('address'), hue({ wardCode: '19768' }), { breaks: 'address.ward' }],
    ['address without a house', aField('address', { detailRequired: true }), hue({}), { breaks: 'address.detail' }],
    ['address in another province', aField('address'), { ...emptyAddress(), provinceCode: '48', wardText: 'Phường Hải Châu' }, { kept: { ...emptyAddress(), provinceCode: '48', wardText: 'Phường Hải Châu' }, remarks: [] }],
    ['address abroad', aField('address'), { ...emptyAddress('AU'), provinceCode: '46', detail: 'Sydney' }, { kept: { ...emptyAddress('AU'), detail: 'Sydney' }, remarks: [] }],
    ['address in no country', aField('address'), { ...emptyAddress('ZZ'), detail: 'Sydney' }, { breaks: 'address.country' }],
    ['address abroad without a place', aField('address'), emptyAddress('AU'), { breaks: 'address.detail' }],
    ['paragraph', aField('paragraph'), ' Dòng  một \r\n\n\n\n dòng hai\u2028 ', { kept: 'Dòng một\n\ndòng hai', remarks: [] }],
    ['blank paragraph', aField('paragraph'), ' \n \n', undefined],
    ['long paragraph', aField('paragraph', { maxLength: 3 }), 'a\nbc', { breaks: 'text.tooLong' }],
    ['money', aField('money'), 540000, { kept: 540000, remarks: [] }],
    ['money as people write it', aField('money'), '10.800.000 đồng', { kept: 10_800_000, remarks: [] }],
    ['money with commas', aField('money'), '10,800,000 VND', { kept: 10_800_000, remarks: [] }],
    ['money with mixed marks', aField('money'), '10.800,000', { breaks: 'money.shape' }],
    ['half a đồng', aField('money'), 1.5, { breaks: 'money.shape' }],
    ['too little money', aField('money', { min: 1 }), '0', { breaks: 'money.range' }],
    ['no minus zero', aField('money'), -0, { kept: 0, remarks: [] }],
    ['several choices in the order of the pack', aField('multiChoice', { choices }), ['nu', ' nam ', 'nu'], { kept: ['nam', 'nu'], remarks: [] }],
    ['no choice of several', aField('multiChoice', { choices }), [], undefined],
    ['an unknown one of several', aField('multiChoice', { choices }), ['nam', 'khac'], { breaks: 'choice.unknown' }],
    ['too few of several', aField('multiChoice', { choices, min: 2 }), ['nam'], { breaks: 'choice.tooFew' }],
    ['too many of several', aField('multiChoice', { choices, max: 1 }), ['nam', 'nu'], { breaks: 'choice.tooMany' }],
    ['one code for several', aField('multiChoice', { choices }), 'nam', { breaks: 'choice.unknown' }],
    ['consent', aField('consent'), true, { kept: true, remarks: [] }],
    ['consent refused', aField('consent'), false, { breaks: 'consent.refused' }],
    ['consent that need not be given', aField('consent', { required: false }), false, { kept: false, remarks: [] }],
    ['a word for consent', aField('consent'), 'được', { breaks: 'consent.shape' }],
    ['signature', aField('signature'), drawn({}), { kept: drawn({}), remarks: [] }],
    ['signature of one point', aField('signature'), drawn({ strokes: '10,10' }), { breaks: 'signature.shape' }],
    ['signature with nothing drawn', aField('signature'), drawn({ strokes: ' ' }), undefined],
    ['signature at no time', aField('signature'), drawn({ at: 'sáng nay' }), { breaks: 'signature.shape' }],
    ['mark before a witness', aField('signature'), mark(' Lê  Văn Ỷ '), { kept: mark('Lê Văn Ỷ'), remarks: [] }],
    ['mark before a number', aField('signature'), mark('007'), { breaks: 'signature.witness' }],
  ])('%s', (_what, field, value, expected) => {
    expect(judged(field, value)).toEqual(expected)
  })

  it.each(Object.keys(kinds))('of kind %s hold no minus zero: JSON knows none', (name) => {
    const tidy = tidyAnswer(aField(name as KindName, name === 'list' ? { columns: [] } : {}), -0)

    expect(Object.is(tidy, -0)).toBe(false)
  })

  it.each<[Field, AnswerValue, string]>([
    [aField('name'), 'Nguyễn Thị Hoà', 'NGUYỄN THỊ HOÀ'],
    [aField('date'), '2026-01-05', '05/01/2026'],
    [aField('choice', { choices }), 'nam', 'Nam'],
    [aField('yesNo'), false, 'Không'],
    [aField('number'), 1500, '1.500'],
    [aField('phone'), '0905123456', '0905 123 456'],
    [aField('money'), 10_800_000, '10.800.000 đồng'],
    [aField('multiChoice', { choices }), ['nam', 'nu'], 'Nam; nu'],
    [aField('consent'), false, 'Không'],
    [aField('signature'), mark('Lê Văn Ỷ'), 'mark'],
    [aField('country'), 'VN', 'Việt Nam'],
    [aField('ethnicGroup'), 'other:Pa Cô', 'Pa Cô'],
    [aField('address'), hue({ detail: '12 Kiệt 5' }), '12 Kiệt 5, Phường Phú Xuân, Thành phố Huế'],
    [aField('address'), { ...emptyAddress('AU'), detail: 'Sydney' }, 'Sydney, Australia'],
  ])('of %j read %j as "%s"', (field, value, text) => {
    expect(kinds[field.kind].format(value, field, reading).replace('Úc', 'Australia')).toBe(text)
  })
})

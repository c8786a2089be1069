import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { emptyAddress, type Address } from '../../../core/procedure/answers.ts'
import { leave, mountForm, typeInto, type MountedForm } from '../../support/screens/mountForm.ts'

let mounted: MountedForm | undefined
afterEach(() => {
  mounted?.page.unmount()
  mounted = undefined
})

/** The requester's address, left as it is; the boxes that are marked. */
async function markedOf(address: Address): Promise<readonly (string | undefined)[]> {
  mounted = await mountForm('nguoiYeuCau', { 'nyc.noiCuTru': address })
  const { input, page } = mounted
  input('field-nyc-noiCuTru-detail').focus()
  await leave(input('field-nyc-noiCuTru-detail'))
  await flushPromises()
  expect(page.find('#field-nyc-noiCuTru-problem').exists()).toBe(true)
  return page.findAll('#field-nyc-noiCuTru [aria-invalid=true]').map((box) => box.attributes('id'))
}

describe('an address that is not whole', () => {
  it.each([
    ['the ward', { provinceCode: '46', detail: '12 Chi Lăng' }, 'field-nyc-noiCuTru-ward'],
    ['the street', { provinceCode: '46', wardCode: '19774' }, 'field-nyc-noiCuTru-detail'],
    ['the province', { detail: '12 Chi Lăng' }, 'field-nyc-noiCuTru-province'],
    ['the street abroad', { countryCode: 'LA' }, 'field-nyc-noiCuTru-detail'],
  ])('marks %s when that is what is lacking, and nothing else', async (_what, part, box) => {
    expect(await markedOf({ ...emptyAddress('VN'), ...part })).toEqual([box])
  })
})

describe('an address that comes from a card', () => {
  const box = (name: string) => `#field-nyc-noiCuTru-${name}`
  const scanned: Address = { ...emptyAddress('VN'), provinceCode: '46', wardCode: '19774', detail: '12 Chi Lăng' }
  const atHome = (page: MountedForm['page']): boolean[] => [page.find(box('province')).exists(), page.find(box('country')).exists()]

  it('is shown whole, also over an empty one abroad, and back', async () => {
    mounted = await mountForm('nguoiYeuCau')
    const { page, form, input } = mounted
    await page.get(`${box('where')} [value=abroad]`).setValue(true)
    await flushPromises()
    expect(atHome(page)).toEqual([false, true])

    form.fill({ 'nyc.noiCuTru': { value: scanned, origin: 'card' } })
    await flushPromises()
    expect(atHome(page)).toEqual([true, false])
    expect(page.get<HTMLInputElement>(`${box('where')} [value=home]`).element.checked).toBe(true)
    expect(input('field-nyc-noiCuTru-detail').value).toBe('12 Chi Lăng')
    expect(input('field-nyc-noiCuTru-ward').value).not.toBe('')

    form.fill({ 'nyc.noiCuTru': { value: { ...emptyAddress('LA'), detail: 'Viêng Chăn' }, origin: 'card' } })
    await flushPromises()
    expect(atHome(page)).toEqual([false, true])
  })

  it('stays abroad while the country is still to be chosen', async () => {
    mounted = await mountForm('nguoiYeuCau', { 'nyc.noiCuTru': scanned })
    const { page } = mounted

    await page.get(`${box('where')} [value=abroad]`).setValue(true)
    await flushPromises()

    expect(atHome(page)).toEqual([false, true])
  })

  it('keeps no province and no ward of Viet Nam when a country is chosen', async () => {
    mounted = await mountForm('nguoiYeuCau', { 'nyc.noiCuTru': { ...scanned, countryCode: '', wardText: 'Phú Xuân' } })
    const { page, form, input } = mounted

    await typeInto(input('field-nyc-noiCuTru-country'), 'Lào')
    await leave(input('field-nyc-noiCuTru-country'))

    expect(form.answers.value['nyc.noiCuTru']).toEqual({ ...emptyAddress('LA'), detail: '12 Chi Lăng' })
    expect(page.find(box('province')).exists()).toBe(false)
  })
})

import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { emptyAddress, type Address } from '../../../core/procedure/answers.ts'
import { leave, mountForm, type MountedForm } from '../../support/screens/mountForm.ts'

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

import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../server/config.ts'

const account = {
  FEE_ACCOUNT_BIN: '970415', FEE_ACCOUNT_NUMBER: '1133 6666 8888', FEE_ACCOUNT_HOLDER: 'KHO BAC NHA NUOC KHU VUC', FEE_ACCOUNT_CONFIRMED_BY: 'Lê Văn Bình, Trần Thị Cúc',
}

describe('the counter in the settings', () => {
  it('is empty when nothing is set', () => {
    expect(parseConfig({})).toMatchObject({ value: { counter: {} } })
  })

  it('says where, when and whom to call, and into which account', () => {
    const config = parseConfig({ OFFICE_PHONE: '0234 382 0000', OFFICE_HOURS: '07:30–11:30, 13:30–17:00', OFFICE_ADDRESS: '12 Lê Lợi', ...account })

    expect(config).toMatchObject({
      value: {
        counter: {
          phone: '0234 382 0000', hours: '07:30–11:30, 13:30–17:00', address: '12 Lê Lợi',
          account: { bin: '970415', number: '113366668888', holder: 'KHO BAC NHA NUOC KHU VUC', confirmedBy: ['Lê Văn Bình', 'Trần Thị Cúc'] },
        },
      },
    })
  })

  it.each([
    ['half an account', { FEE_ACCOUNT_BIN: '970415' }, 'must be set together'],
    ['a bank number that is none', { ...account, FEE_ACCOUNT_BIN: 'VCB' }, 'the bank number (BIN) must have six digits'],
    ['an account number that is none', { ...account, FEE_ACCOUNT_NUMBER: '12' }, 'the account number must have 4 to 19 capital letters and digits'],
    ['one person only', { ...account, FEE_ACCOUNT_CONFIRMED_BY: 'Lê Văn Bình' }, 'two different persons must have confirmed the account'],
    ['the same person twice', { ...account, FEE_ACCOUNT_CONFIRMED_BY: 'Lê Văn Bình, lê văn bình' }, 'two different persons must have confirmed the account'],
  ])('with %s does not start, and says why', (_what, settings, why) => {
    const config = parseConfig(settings)

    expect(config.ok ? '' : config.failure).toContain(why)
  })
})

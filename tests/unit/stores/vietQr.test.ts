import { describe, expect, it } from 'vitest'
import { bankName, memoOf, vietQrText } from '../../../src/stores/vietQr.ts'

describe('a VietQR', () => {
  it('without an amount is the first vector of the reference', () => {
    expect(vietQrText({ account: { bin: '970415', number: '113366668888' }, amount: null, memo: '' })).toBe(
      '00020101021138560010A0000007270126000697041501121133666688880208QRIBFTTA53037045802VN6304F443',
    )
  })

  it('with an amount and a message is the second', () => {
    expect(vietQrText({ account: { bin: '970415', number: '113366668888' }, amount: 8000, memo: 'HS 261124 0007' })).toBe(
      '00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA5303704540480005802VN62180814HS 261124 000763042F8D',
    )
  })

  it('is for one use when it names an amount and stays valid for more when it names none', () => {
    const text = (amount: number | null): string => vietQrText({ account: { bin: '970436', number: '0011001932418' }, amount, memo: 'x' })

    expect(text(null).slice(0, 12)).toBe('000201010211')
    expect(text(100_000)).toMatch(/^000201010212.*5406100000/)
  })

  it('carries a message of plain letters, never longer than 25', () => {
    expect(memoOf('TN-03-261124-0017K')).toBe('TN 03 261124 0017K')
    expect(memoOf('Lệ phí khai sinh của cháu Nguyễn Đình An')).toBe('LE PHI KHAI SINH CUA CHAU')
  })

  it('names the bank of its account', () => {
    expect(bankName('970436')).toBe('Vietcombank')
    expect(bankName('000000')).toBeNull()
  })
})

describe('reading back', () => {
  it('gives account and amount of the vector of the public library', async () => {
    const { QRPay } = await import('vietnam-qr-pay')
    const read = new QRPay('00020101021138510010A00000072701210006970407010797968680208QRIBFTTA53037045802VN62240820gen by sunary/vietqr6304BE74')

    expect([read.isValid, read.consumer.bankBin, read.consumer.bankNumber, read.additionalData.purpose]).toEqual([true, '970407', '9796868', 'gen by sunary/vietqr'])
  })
})

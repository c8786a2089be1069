/**
 * The text of a VietQR: a transfer instruction that works without a network and proves nothing (reference 4.4). Made on the
 * tablet alone, in a chunk of its own, so `core` does not know it: neither the office nor a pack ever needs one.
 */
import { Banks, QRPay } from 'vietnam-qr-pay'
import { fold } from '../../core/identity/fold.ts'
import type { FeeAccount } from '../../core/procedure/counter.ts'

export interface Transfer {
  readonly account: Pick<FeeAccount, 'bin' | 'number'>
  /** Whole đồng; null when whoever pays types what the officer says. */
  readonly amount: number | null
  readonly memo: string
}

/** The longest message that every bank's app shows whole. */
const maxMemo = 25

/** ASCII letters, digits and single spaces only, so that its length in characters and in bytes is the same. */
export const memoOf = (text: string): string =>
  fold(text).toUpperCase().replace(/[^A-Z0-9]+/g, ' ').trim().slice(0, maxMemo).trim()

/** What the QR code says: static without an amount, for one use with one. */
export function vietQrText({ account: { bin, number }, amount, memo }: Transfer): string {
  const purpose = memoOf(memo)
  return QRPay.initVietQR({
    ...{ bankBin: bin, bankNumber: number },
    ...(amount === null ? {} : { amount: String(amount) }),
    ...(purpose === '' ? {} : { purpose }),
  }).build()
}

/** The short name of a bank, or null for one that the list does not have. */
export const bankName = (bin: string): string | null => Banks.find((bank) => bank.bin === bin)?.shortName ?? null

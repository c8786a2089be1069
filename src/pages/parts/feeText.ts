/** What is said of a fee: an amount that nobody has told, or that cannot be counted yet, is never shown as nothing. */
import type { FeeEstimate, FeeLine } from '../../../core/procedure/fees.ts'
import type { Texts } from '../../i18n/texts.ts'

/** What a line costs; `unitAmount` is there where one of it has a price and only the number is missing. */
export function amountText({ known, amount, unitAmount = 0 }: Pick<FeeLine, 'known' | 'amount'> & { readonly unitAmount?: number }, { t, formatMoney }: Texts): string {
  if (known) return formatMoney(amount)
  return unitAmount > 0 ? t('tablet.fee.uncounted', { each: formatMoney(unitAmount) }) : t('tablet.fee.unknown')
}

/** The lines and the sum of a pre-check. `mayChange`: an answer that is not given yet may still bring a fee. */
export function precheckFee(fee: FeeEstimate, names: Readonly<Record<string, string>>, mayChange: boolean, texts: Texts): readonly string[] {
  const { t, formatMoney } = texts
  const lines = fee.lines.map((line) => `${names[line.id] ?? ''}: ${amountText(line, texts)}`)
  if (!fee.known) return lines
  if (fee.total > 0) return [...lines, `${t('tablet.fee.total')}: ${formatMoney(fee.total)}`]
  return [...lines, t(mayChange ? 'tablet.fee.open' : 'tablet.fee.free')]
}

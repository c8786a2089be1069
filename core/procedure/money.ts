/** Money as people read it. Amounts are whole đồng everywhere. */

/** `8.000 đồng` in Vietnamese, `8,000 đồng` in English. */
export const readMoney = (amount: number, locale: string): string =>
  `${new Intl.NumberFormat(locale === 'vi' ? 'vi-VN' : 'en').format(amount)} đồng`

/** The list of a pre-check as plain text for a QR code: words of the pack only, and short enough for a phone to read. */
import { utf8 } from '../../../core/bytes.ts'
import { fold } from '../../../core/identity/fold.ts'

/** Beyond this a code on a tablet's screen has more modules than a phone's camera parts well. */
const maxBytes = 900

export interface ListToTake {
  readonly name: string
  readonly papers: readonly { readonly name: string; readonly handling: string }[]
  readonly lines: readonly string[]
}

/** Everything, or names of papers only, or those without diacritics; the rest of a very long list is left to the print. */
export function precheckText({ name, papers, lines }: ListToTake): string {
  const whole = [name, ...papers.map((paper) => `- ${paper.name} (${paper.handling})`), ...lines].join('\n')
  const names = [name, ...papers.map((paper) => `- ${paper.name}`), ...lines].join('\n')
  const plain = names.split('\n').map(fold).join('\n')
  const fitting = [whole, names, plain].find((text) => utf8(text).length <= maxBytes)
  return fitting ?? `${plain.slice(0, maxBytes - 3)}...`
}

/** What the person at the console reads when the office stands: addresses, one-time links, and the passphrase, once. */
import { renderUnicodeCompact } from 'uqr'
import type { FirstLink, FirstLinks } from './firstLinks.ts'

export interface Banner {
  readonly origins: readonly string[]
  readonly links: FirstLinks
  /** Of root and escrow keys; only on the first run. */
  readonly passphrase: string | null
  readonly takeOfflineFolder: string
  /** Draw QR codes: only where a person looks at a terminal. */
  readonly qr: boolean
}

/** The text, ending in a line feed. */
export function bannerOf({ origins, links, passphrase, takeOfflineFolder, qr }: Banner): string {
  const [origin = ''] = origins
  const rows = [
    ['Tablet (máy tính bảng)', `${origin}/`],
    ["Officers' desk (bàn cán bộ)", `${origin}/desk`],
    ['API', `${origin}/api/docs`],
  ]
  const titles = [
    ['1. Enrol this browser as a tablet', links.enrol],
    ["2. The first volunteer's badge", links.badge],
    ["3. The first officer's sign-in", links.officer],
  ] as const
  const shown = titles.flatMap(([title, link]) => (link === null ? [] : [linkText(title, link, qr)]))
  const once = shown.length === 0 ? [] : [`One-time links, good until ${links.expiresAt} (also in links.json of the data folder):`, ...shown]
  return `${['', 'Tiếp Sức is ready.', '', ...rows.map(([name = '', place = '']) => `  ${name.padEnd(28)} ${place}`), '', ...once, ...passphraseText(passphrase, takeOfflineFolder)].join('\n')}\n`
}

function linkText(title: string, { link, code }: FirstLink, qr: boolean): string {
  const picture = qr ? `${renderUnicodeCompact(link, { border: 1 }).replaceAll(/^/gm, '    ')}\n` : ''
  return `  ${title}\n    ${link}\n    code ${code}\n${picture}`
}

function passphraseText(passphrase: string | null, folder: string): readonly string[] {
  if (passphrase === null) return []
  return [
    'Write this down now, it is shown once and stored nowhere. It opens the two offline keys in',
    folder,
    '',
    `    ${passphrase}`,
    '',
    'Move that folder to two sticks in two safes, then delete it here. The desk warns until it is gone.',
    '',
  ]
}

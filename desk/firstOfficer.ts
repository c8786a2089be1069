/** What a new officer has to give, judged before it travels; the office judges again. */
import { usernameShape } from '../core/wire/desk.ts'
import type { Texts } from '../src/i18n/texts.ts'
import type { PageProblem } from './pageProblem.ts'

export interface FirstOfficer {
  readonly name: string
  readonly username: string
  readonly passphrase: string
  readonly again: string
}

export const minPassphrase = 12

/** One sentence a field that has to be mended, in the order of the page. */
export function firstOfficerProblems({ name, username, passphrase, again }: FirstOfficer, t: Texts['t']): readonly PageProblem[] {
  const problems: PageProblem[] = []
  if (name.trim() === '') problems.push({ fieldId: 'name', text: t('problems.required', { label: t('desk.first.name') }) })
  if (!usernameShape.test(username)) problems.push({ fieldId: 'username', text: t('problems.usernameShape') })
  if (passphrase.length < minPassphrase) problems.push({ fieldId: 'passphrase', text: t('problems.passphraseShort', { n: minPassphrase }) })
  else if (again !== passphrase) problems.push({ fieldId: 'again', text: t('problems.passphraseDiffers') })
  return problems
}

/** What a case's procedure is called in the officer's language, else in Vietnamese; an unknown one by its code, said so. */
import type { CaseRow } from '../../core/wire/desk.ts'
import type { Texts } from '../../src/i18n/texts.ts'

const codeShape = /^\d\.\d{6}$/

export function procedureName({ procedure, procedureNames }: CaseRow, { t, locale }: Pick<Texts, 't' | 'locale'>): string {
  const known = procedureNames[locale.value] ?? procedureNames['vi']
  if (known !== undefined) return known
  return codeShape.test(procedure) ? t('desk.list.unknownProcedure', { code: procedure }) : procedure
}

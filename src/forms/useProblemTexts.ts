import { readProblem } from '../../core/procedure/reading.ts'
import type { Problem } from '../../core/procedure/problems.ts'
import { useTexts } from '../i18n/texts.ts'
import { ruleTexts } from '../stores/ruleTexts.ts'
import { useOpenForm } from './useProcedureForm.ts'

/** Problems of the open draft as sentences in the language of the page. */
export function useProblemTexts(): { sentence: (problem: Problem) => string } {
  const { procedure } = useOpenForm()
  const { locale } = useTexts()
  return { sentence: (problem) => readProblem(problem, procedure.texts[locale.value], ruleTexts[locale.value]) }
}

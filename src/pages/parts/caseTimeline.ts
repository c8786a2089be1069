import { computed, type ComputedRef } from 'vue'
import { stateLooks, type Tone } from '../../components/tones.ts'
import { useTexts } from '../../i18n/texts.ts'
import type { CaseView } from '../../stores/tablet.ts'
import { heardState } from './rowTexts.ts'

interface CaseStep {
  readonly id: string
  readonly at: string
  readonly title: string
  readonly text?: string
  readonly by: string
  readonly tone?: Tone
}

/** What this tablet knows of a case, newest first: finalised here, then the last thing the office did. */
export function useCaseTimeline(row: () => CaseView | undefined): ComputedRef<readonly CaseStep[]> {
  const { t } = useTexts()
  return computed(() => {
    const now = row()
    if (now === undefined) return []
    const begun: CaseStep = { id: 'finalised', at: now.finalisedAt, title: t('tablet.case.finalised'), by: t('tablet.case.byTablet') }
    if (now.changedAt === null) return [begun]
    const state = heardState(now)
    const office: CaseStep = {
      id: 'office', at: now.changedAt, title: t(`states.${state}.name`), text: t(`states.${state}.line`), by: t('common.center'), tone: stateLooks[state].tone,
    }
    return [office, begun]
  })
}

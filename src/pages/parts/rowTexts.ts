/** What a row calls its procedure and its state; the words of a procedure come from its pack, when it is on the tablet. */
import { computed, ref, watchEffect, type ComputedRef } from 'vue'
import { packOf, type PackRef } from '../../../core/ids.ts'
import type { Status } from '../../../core/application/status.ts'
import type { ShownState } from '../../components/tones.ts'
import { useTexts } from '../../i18n/texts.ts'
import { useProcedures, type Procedure } from '../../stores/procedures.ts'
import type { CaseView } from '../../stores/tablet.ts'

/** The short name of each pack that the rows name; the code until the pack is read. */
export function usePackNames(refs: () => readonly PackRef[]): ComputedRef<(pack: PackRef) => string> {
  const procedures = useProcedures()
  const { locale } = useTexts()
  const read = ref<ReadonlyMap<PackRef, Procedure>>(new Map())

  async function readOne(pack: PackRef): Promise<void> {
    const answer = await procedures.read(pack)
    if (answer.ok) read.value = new Map([...read.value, [pack, answer.value]])
  }
  watchEffect(() => {
    for (const pack of new Set(refs())) if (!read.value.has(pack)) void readOne(pack)
  })
  return computed(() => (pack) => read.value.get(pack)?.texts[locale.value].shortName ?? packOf(pack).code)
}

const byStatus: Readonly<Record<Status, ShownState>> = {
  received: 'waiting',
  beingChecked: 'waiting',
  inQuarantine: 'quarantined',
  accepted: 'accepted',
  supplementAsked: 'supplement',
  refused: 'declined',
}

/** What a case shows: that it is nowhere any more, or else what was last heard of it. */
export const shownState = (row: Pick<CaseView, 'atOffice' | 'gone' | 'status' | 'changedAt'>): ShownState => (row.gone ? 'gone' : heardState(row))

/** Where its bytes are until the office has them, then what the office says. */
export function heardState(row: Pick<CaseView, 'atOffice' | 'status' | 'changedAt'>): ShownState {
  if (row.atOffice === 'refused' || row.atOffice === 'disputed') return row.atOffice
  const shown = byStatus[row.status]
  if (shown !== 'waiting' && row.changedAt !== null) return shown
  if (row.atOffice === 'queued') return 'onlyHere'
  if (row.atOffice === 'received') return 'received'
  return row.status === 'received' ? 'complete' : shown
}

import { computed, ref, watchEffect, type ComputedRef } from 'vue'
import type { PackRef } from '../../../core/ids.ts'
import { useTexts } from '../../i18n/texts.ts'
import { useProcedures, type Procedure } from '../../stores/procedures.ts'
import type { CaseView } from '../../stores/tablet.ts'

/** The names of the papers that an officer asks for, in the words of the case's own pack. */
export function usePaperNames(row: () => CaseView | undefined): ComputedRef<readonly string[]> {
  const procedures = useProcedures()
  const { locale } = useTexts()
  const procedure = ref<Procedure | null>(null)

  async function read(pack: PackRef): Promise<void> {
    const answer = await procedures.read(pack)
    procedure.value = answer.ok ? answer.value : null
  }
  watchEffect(() => {
    const pack = row()?.pack
    if (pack !== undefined) void read(pack)
  })
  return computed(() => (row()?.papers ?? []).map((id) => procedure.value?.texts[locale.value].documents[id]?.name ?? id))
}

/**
 * Photos of the visit that this draft asks for too come along as soon as its own answers allow photographs: a citizen who
 * agreed in one procedure has not agreed in the next.
 */
import { computed, watch } from 'vue'
import { maxAttachments } from '../../core/application/attachment.ts'
import { photosAllowed } from '../../core/procedure/photos.ts'
import { useVisit } from '../stores/visit.ts'
import { inTurn } from './inTurn.ts'
import type { ProcedureForm } from './useProcedureForm.ts'

/** Must be called in a component's setup. `isFresh`: nobody has answered anything in this draft yet. */
export function useCarriedPhotos(form: ProcedureForm, isFresh: boolean): void {
  const visit = useVisit()
  const { pack } = form.procedure
  const allowed = computed(() => photosAllowed(pack, form.asked.value))

  async function carry(): Promise<void> {
    if (!visit.has(form.draft.id)) return
    const known = await visit.photosFor(pack, form.asked.value)
    const here = new Set(form.attachments.value.map(({ document }) => document))
    const carried = known.filter(({ document }) => !here.has(document)).slice(0, maxAttachments - form.attachments.value.length)
    if (carried.length === 0) return
    form.attachments.value = [...form.attachments.value, ...carried]
    form.saver.changed()
    await form.saver.flush()
  }

  // Only when it turns to yes: a draft that is opened again has what was left in it.
  watch(allowed, (now) => (now ? inTurn(form.inHand, carry) : undefined), { immediate: isFresh })
}

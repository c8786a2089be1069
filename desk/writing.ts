/** A message being written about a case: kept in memory by officer and case until it is sent, so nothing typed is lost. */
import { ref, watch, type Ref } from 'vue'
import type { ApplicationId } from '../core/ids.ts'
import { useDesk } from './session.ts'

export interface Writing {
  readonly text: Ref<string>
  /** The text has been sent. */
  readonly sent: () => void
}

export const maxMessage = 4000

/** What was typed under this name, or `initial` while nothing was. */
export function useWriting(id: ApplicationId, act: string, initial = ''): Writing {
  const desk = useDesk()
  const place = `${id}/${act}`
  const officer = desk.me.value?.username ?? ''
  const text = ref(desk.unsent.find(officer, place) || initial)
  watch(text, (typed) => {
    desk.unsent.keep(officer, place, typed)
  })
  return {
    text,
    sent: () => {
      desk.unsent.drop(officer, place)
    },
  }
}

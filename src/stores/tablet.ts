/**
 * The door of the stores to everything that is kept on this tablet. It is opened beside the first page, not before it, so
 * stores get a promise and mirror what `watch` tells them. The types that pages need stand here, because pages reach
 * offline only through stores.
 */
import { inject, type InjectionKey } from 'vue'
import type { Tablet } from '../offline/tablet.ts'

export type {
  BroughtBack,
  CarrierFile,
  CarrierPlan,
  CaseView,
  ClaimedBadge,
  DeviceView,
  Draft,
  DraftContent,
  DraftRow,
  Finding,
  NewPhoto,
  OfficeSheet,
  OutboxItemView,
  OutboxView,
  PackOnTablet,
  Stop,
  Tablet,
  VolunteerView,
} from '../offline/tablet.ts'

/** The tablet while it opens; it rejects when the browser's storage cannot be used. */
export const openingKey: InjectionKey<Promise<Tablet>> = Symbol('tablet')

export function useOpening(): Promise<Tablet> {
  const opening = inject(openingKey)
  if (opening === undefined) throw new Error('no tablet was provided')
  return opening
}

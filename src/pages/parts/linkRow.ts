import type { RouteLocationRaw } from 'vue-router'
import type { ShownState } from '../../components/tones.ts'

/** What a row shows and where it leads. */
export interface LinkRow {
  readonly to: RouteLocationRaw
  readonly title: string
  readonly lines: readonly string[]
  readonly state: ShownState
}

/** What goes to the office by hand, and what comes back: plans of files, and what a file changed. */
import type { ApplicationId } from '../../core/ids.ts'

export interface CarrierPlan {
  readonly files: readonly CarrierFile[]
  readonly applications: number
  /** Applications larger than a line may be: they go by network only. */
  readonly tooLarge: number
  readonly textBytes: number
  /** What the photos would add, whether they go along or not. */
  readonly photoBytes: number
}

export type PlannedLine =
  | { readonly kind: 'envelope'; readonly id: ApplicationId; readonly lineBytes: number }
  | { readonly kind: 'part'; readonly name: string; readonly lineBytes: number }

/** One file of an export, not yet written. */
export interface PlannedFile {
  readonly lines: readonly PlannedLine[]
  readonly sizeBytes: number
  readonly applications: readonly ApplicationId[]
}

export interface CarrierFile extends PlannedFile {
  /** From 1. */
  readonly number: number
  readonly of: number
}

/** What outcomes files changed on this tablet, counted in applications; `strange` counts lines. */
export interface BroughtBack {
  readonly complete: number
  readonly received: number
  readonly refused: number
  readonly disputed: number
  /** Signed by the office, and nothing that this tablet did not know. */
  readonly known: number
  /** Of another tablet, of another office, altered, or no outcome at all. */
  readonly strange: number
}

/** What FieldShell hands to the input inside it, and every input takes. */
export interface FieldProps {
  readonly id: string
  /** Ids of hint, problem and warning, for `aria-describedby`. */
  readonly describedBy?: string | undefined
  readonly invalid?: boolean | undefined
  readonly required?: boolean | undefined
  readonly disabled?: boolean | undefined
}

export interface Choice {
  readonly value: string
  readonly label: string
  readonly hint?: string | undefined
  /** Further words that find this choice, such as an older name. */
  readonly words?: string | undefined
}

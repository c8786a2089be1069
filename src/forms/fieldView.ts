/** What every field component gets and tells; `FieldFor` binds it to the open form. */
import type { Choice } from '../components/field.ts'
import type { AnswerValue } from '../../core/procedure/answers.ts'
import type { Field } from '../../core/procedure/packShape.ts'

export interface FieldView {
  readonly id: string
  readonly field: Field
  readonly value: AnswerValue | undefined
  readonly label: string
  readonly hint: string | undefined
  readonly problem: string | undefined
  /** The rule that `problem` speaks for, for an answer of several boxes. */
  readonly problemRule?: string | undefined
  readonly warning: string | undefined
  readonly note: string | undefined
  readonly optional: boolean
  readonly choices: readonly Choice[]
}

/** The id of a field's control on the page, or of a cell's (`list[2].column`): dots would need escaping in selectors. */
export const controlId = (place: string): string => `field-${place.replace(/[.[\]]+/g, '-')}`

/** From how many choices on a list is searched, not read. */
export const longList = 10

/** True when the focus goes out of the element that listens to `focusout`, not to another part of it. */
export function leavesGroup({ relatedTarget, currentTarget }: FocusEvent): boolean {
  return !(relatedTarget instanceof Node && currentTarget instanceof Node && currentTarget.contains(relatedTarget))
}

/** A value as text, for inputs that hold texts. */
export const textIn = (value: AnswerValue | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** A text that changes with a number. Vietnamese needs only `other`; English gives `one` as well. */
export interface Plural {
  readonly plural: { readonly one?: string; readonly other: string }
}

/** Marks a text as chosen by the parameter `n`. */
export function plural(forms: { one?: string; other: string }): Plural {
  return { plural: forms }
}

/** One thing to mend on a page: the field it belongs to and a sentence. */
export interface PageProblem {
  readonly fieldId: string
  readonly text: string
}

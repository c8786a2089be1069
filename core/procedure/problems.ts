/**
 * One thing that is wrong, or worth a second look, with one answer. A problem names the field and the rule and carries
 * the rule's constants; it never carries the answer, so it may appear in a log or an event (invariant 4).
 */
export type ProblemLevel = 'error' | 'warning' | 'info'

export type ProblemParams = Readonly<Record<string, string | number>>

export interface Problem {
  readonly field: string
  /** `required`, `kind.rule` such as `date.future`, or the id of a check of the pack. */
  readonly rule: string
  readonly level: ProblemLevel
  readonly params: ProblemParams
}

/** Rules that do not come from a pack; `procedures/common/problems.<locale>.json` has a text for each, tests compare. */
export const generalRules = [
  'required',
  'unknownField',
  'text.shape',
  'text.tooLong',
  'name.shape',
  'name.characters',
  'name.long',
  'name.telex',
  'name.lookAlike',
  'name.legacyEncoding',
  'choice.unknown',
  'choice.tooFew',
  'choice.tooMany',
  'yesNo.shape',
  'date.shape',
  'date.precision',
  'date.future',
  'date.old',
  'number.shape',
  'number.range',
  'money.shape',
  'money.range',
  'list.shape',
  'list.tooFew',
  'list.tooMany',
  'list.unknownColumn',
  'personalNumber.shape',
  'personalNumber.province',
  'personalNumber.century',
  'phone.shape',
  'phone.converted',
  'email.shape',
  'address.shape',
  'address.country',
  'address.province',
  'address.ward',
  'address.detail',
  'ethnicGroup.unknown',
  'ethnicGroup.other',
  'country.unknown',
  'declaration.notAccepted',
  'consent.shape',
  'consent.refused',
  'signature.shape',
  'signature.witness',
] as const

export type GeneralRule = (typeof generalRules)[number]

/** Shorthand for a problem. */
export const problem = (
  field: string,
  rule: string,
  level: ProblemLevel = 'error',
  params: ProblemParams = {},
): Problem => ({ field, rule, level, params })

/** True when nothing stops the application from being finalised; warnings and hints do not. */
export const mayFinalise = (problems: readonly Problem[]): boolean => problems.every(({ level }) => level !== 'error')

/** Fills `{name}` places of a text with a problem's params. */
export const fillText = (text: string, params: ProblemParams): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(params[name] ?? place))

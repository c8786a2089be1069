/**
 * What the shape of a pack cannot say: unique ids, conditions inside the subset, references that exist, `when` looking
 * upwards only, kinds with the options that they need. The first trouble is returned, with its place.
 */
import { checkLogic, type Logic } from './conditions.ts'
import { isDay } from './dates.ts'
import type { Field, Pack } from './packShape.ts'

export interface PackTrouble {
  readonly at: string
  readonly why: string
}

type Findings = Iterable<PackTrouble>

/** The first thing wrong with a pack of the right shape, or null. */
export function packTrouble(pack: Pack): PackTrouble | null {
  for (const rule of [datesOf, idsOf, formOf, factsOf, feesOf, deadlineOf]) for (const trouble of rule(pack)) return trouble
  return null
}

const allFields = (pack: Pack): readonly Field[] => pack.sections.flatMap(({ fields }) => fields)
const fieldIds = (pack: Pack): ReadonlySet<string> => new Set(allFields(pack).map(({ id }) => id))

function* logicOf(at: string, logic: Logic | undefined, known: ReadonlySet<string>): Findings {
  const why = logic === undefined ? null : checkLogic(logic, known)
  if (why !== null) yield { at, why }
}

function* datesOf({ validFrom, validTo }: Pack): Findings {
  if (!isDay(validFrom)) yield { at: 'validFrom', why: 'no such day' }
  if (validTo !== null && (!isDay(validTo) || validTo < validFrom)) yield { at: 'validTo', why: 'no such day or too early' }
}

function* doubles(at: string, ids: readonly string[]): Findings {
  const double = ids.find((id, index) => ids.indexOf(id) !== index)
  if (double !== undefined) yield { at: `${at}.${double}`, why: 'twice' }
}

function* idsOf(pack: Pack): Findings {
  yield* doubles('sections', pack.sections.map(({ id }) => id))
  const fields = allFields(pack).map(({ id }) => id)
  yield* doubles('fields', fields)
  const parent = fields.find((id) => fields.some((other) => other.startsWith(`${id}.`)))
  if (parent !== undefined) yield { at: `fields.${parent}`, why: 'is also the head of another id' }
  yield* doubles('checks', pack.checks.map(({ id }) => id))
  yield* doubles('documents', pack.documents.map(({ id }) => id))
  yield* doubles('fee', pack.fee.lines.map(({ id }) => id))
  yield* doubles('related', pack.related.map(({ id }) => id))
}

function* formOf(pack: Pack): Findings {
  const all = fieldIds(pack)
  const above = new Set<string>()
  for (const section of pack.sections) {
    yield* logicOf(`${section.id}.when`, section.when, above)
    for (const field of section.fields) {
      yield* logicOf(`${field.id}.when`, field.when, above)
      yield* logicOf(`${field.id}.required`, field.required, all)
      yield* logicOf(`${field.id}.default`, field.default, new Set())
      yield* optionsOf(field)
      above.add(field.id)
    }
  }
}

function* optionsOf(field: Field): Findings {
  if ((field.kind === 'choice') !== (field.choices !== undefined)) yield { at: field.id, why: 'choices and kind disagree' }
  yield* doubles(field.id, field.choices?.map(({ code }) => code) ?? [])
  if (field.precision !== undefined && field.kind !== 'date') yield { at: field.id, why: 'precision is for dates' }
  if (field.min !== undefined && field.max !== undefined && field.min > field.max) yield { at: field.id, why: 'min above max' }
}

function* factsOf(pack: Pack): Findings {
  const all = fieldIds(pack)
  for (const check of pack.checks) {
    if (!all.has(check.field)) yield { at: check.id, why: 'unknown field' }
    yield* logicOf(check.id, check.when, all)
  }
  for (const { target, when, value } of pack.derivations) {
    if (!all.has(target)) yield { at: target, why: 'unknown target' }
    yield* logicOf(`derivation of ${target}`, when, all)
    yield* logicOf(`derivation of ${target}`, value, all)
  }
  for (const document of pack.documents) {
    yield* logicOf(document.id, document.when, all)
    yield* logicOf(document.id, document.required, all)
  }
  for (const { id, when } of pack.related) yield* logicOf(id, when, all)
}

function* feesOf(pack: Pack): Findings {
  const { fee } = pack
  const all = fieldIds(pack)
  const codes = fee.exemptions.map(({ code }) => code)
  yield* doubles('exemptions', codes)
  if (fee.exemptionField !== undefined && !all.has(fee.exemptionField)) yield { at: 'exemptionField', why: 'unknown field' }
  for (const line of fee.lines) {
    yield* logicOf(line.id, line.when, all)
    yield* logicOf(line.id, line.quantity, all)
    const unknown = line.exemptions.find((code) => !codes.includes(code))
    if (unknown !== undefined) yield { at: line.id, why: `unknown exemption ${unknown}` }
  }
}

function* deadlineOf({ deadline }: Pack): Findings {
  if (deadline.kind === 'sameDay' && deadline.cutOff === undefined) yield { at: 'deadline', why: 'sameDay wants a cut-off' }
  if (deadline.kind === 'span' && deadline.span === undefined) yield { at: 'deadline', why: 'span wants a span' }
}

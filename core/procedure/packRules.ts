/**
 * What the shape of a pack cannot say: unique ids, conditions inside the subset, references that exist, `when` looking
 * upwards only, kinds with the options that they need. The first trouble is returned, with its place.
 */
import { checkLogic, type KnownColumns, type Logic } from './conditions.ts'
import { partialDatesOrdered } from './dateOrder.ts'
import { isDay } from './dates.ts'
import { fitsFact, isRole } from './facts.ts'
import type { Field, Pack } from './packShape.ts'

export interface PackTrouble {
  readonly at: string
  readonly why: string
}

type Findings = Iterable<PackTrouble>

/** The first thing wrong with a pack of the right shape, or null. */
export function packTrouble(pack: Pack): PackTrouble | null {
  for (const rule of [datesOf, idsOf, formOf, subjectOf, factsOf, feesOf, deadlineOf, partialDatesOrdered]) for (const trouble of rule(pack)) return trouble
  return null
}

const allFields = (pack: Pack): readonly Field[] => pack.sections.flatMap(({ fields }) => fields)
const fieldIds = (pack: Pack): ReadonlySet<string> => new Set(allFields(pack).map(({ id }) => id))

const columnsOf = (fields: readonly Field[]): KnownColumns =>
  new Map(fields.flatMap(({ id, columns }): [string, readonly string[]][] => (columns === undefined ? [] : [[id, columns.map((column) => column.id)]])))

function* logicOf(at: string, logic: Logic | undefined, known: ReadonlySet<string>, lists: KnownColumns): Findings {
  const why = logic === undefined ? null : checkLogic(logic, known, lists)
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
  yield* doubles('allows', allFields(pack).flatMap(({ allows }) => allows ?? []))
  const parent = fields.find((id) => fields.some((other) => other.startsWith(`${id}.`)))
  if (parent !== undefined) yield { at: `fields.${parent}`, why: 'is also the head of another id' }
  yield* doubles('checks', pack.checks.map(({ id }) => id))
  yield* doubles('documents', pack.documents.map(({ id }) => id))
  yield* doubles('shows', pack.documents.flatMap(({ shows }) => shows ?? []))
  yield* doubles('fee', pack.fee.lines.map(({ id }) => id))
  yield* doubles('presence', (pack.presence ?? []).map(({ id }) => id))
  const inRow = fields.find((id) => id.startsWith('row.'))
  if (inRow !== undefined) yield { at: `fields.${inRow}`, why: '"row" is the row of a list in conditions' }
  yield* doubles('related', pack.related.map(({ id }) => id))
}

function* formOf(pack: Pack): Findings {
  const all = fieldIds(pack)
  const lists = columnsOf(allFields(pack))
  const above = new Set<string>()
  for (const section of pack.sections) {
    yield* logicOf(`${section.id}.when`, section.when, above, lists)
    for (const field of section.fields) {
      yield* logicOf(`${field.id}.when`, field.when, above, lists)
      yield* logicOf(`${field.id}.required`, field.required, all, lists)
      yield* logicOf(`${field.id}.default`, field.default, new Set(), lists)
      yield* optionsOf(field)
      yield* rowsOf(field, above)
      above.add(field.id)
    }
  }
}

/** The columns of a list: like fields, but they see the fields above the list and, as `row.x`, the columns above them. */
function* rowsOf(field: Field, above: ReadonlySet<string>): Findings {
  const { columns = [] } = field
  if ((field.kind === 'list') !== (field.columns !== undefined)) yield { at: field.id, why: 'columns and kind disagree' }
  yield* doubles(field.id, columns.map(({ id }) => id))
  const known = new Set(above)
  for (const column of columns) {
    const at = `${field.id}.${column.id}`
    yield* logicOf(`${at}.when`, column.when, known, new Map())
    known.add(`row.${column.id}`)
    yield* logicOf(`${at}.required`, column.required, known, new Map())
    yield* optionsOf({ ...column, id: at })
  }
}

function* optionsOf(field: Field): Findings {
  if ((field.kind === 'choice' || field.kind === 'multiChoice') !== (field.choices !== undefined)) yield { at: field.id, why: 'choices and kind disagree' }
  yield* doubles(field.id, field.choices?.map(({ code }) => code) ?? [])
  if (field.precision !== undefined && field.kind !== 'date') yield { at: field.id, why: 'precision is for dates' }
  if (field.kind === 'consent' && (field.default !== undefined || typeof field.required !== 'boolean')) yield { at: field.id, why: 'consent is never given beforehand, and is wanted or not' }
  if (field.allows !== undefined && field.kind !== 'consent') yield { at: field.id, why: 'only a consent allows anything' }
  if (field.fact !== undefined && !fitsFact(field)) yield { at: field.id, why: `no fact ${field.fact} of kind ${field.kind}` }
  if (field.min !== undefined && field.max !== undefined && field.min > field.max) yield { at: field.id, why: 'min above max' }
}

/** A pack whose fields ask for the facts of its subject says who that is, and no other pack does. */
function* subjectOf(pack: Pack): Findings {
  const isAsked = allFields(pack).some(({ fact }) => fact?.startsWith('subject.') === true)
  if (isAsked !== (pack.subject !== undefined)) yield { at: 'subject', why: 'facts and subject disagree' }
  for (const { role, when } of pack.subject ?? []) {
    if (!isRole(role)) yield { at: 'subject', why: `no role ${role}` }
    yield* logicOf('subject', when, fieldIds(pack), columnsOf(allFields(pack)))
  }
}

function* factsOf(pack: Pack): Findings {
  const all = fieldIds(pack)
  const lists = columnsOf(allFields(pack))
  for (const { id, field, column, when } of pack.checks) {
    if (!all.has(field)) yield { at: id, why: 'unknown field' }
    const columns = lists.get(field) ?? []
    if (column !== undefined && !columns.includes(column)) yield { at: id, why: 'unknown column' }
    const seen = column === undefined ? all : new Set([...all, ...columns.map((one) => `row.${one}`)])
    yield* logicOf(id, when, seen, lists)
  }
  for (const { target, when, value } of pack.derivations) {
    const kind = allFields(pack).find(({ id }) => id === target)?.kind
    if (kind === undefined) yield { at: target, why: 'unknown target' }
    if (kind === 'consent' || kind === 'signature' || kind === 'declaration') yield { at: target, why: `nobody but the citizen gives a ${kind}` }
    yield* logicOf(`derivation of ${target}`, when, all, lists)
    yield* logicOf(`derivation of ${target}`, value, all, lists)
  }
  for (const document of pack.documents) {
    yield* logicOf(document.id, document.when, all, lists)
    yield* logicOf(document.id, document.required, all, lists)
  }
  for (const { id, when } of [...pack.related, ...(pack.presence ?? [])]) yield* logicOf(id, when, all, lists)
  const unknown = pack.precheck?.find((id) => !all.has(id))
  if (unknown !== undefined) yield { at: 'precheck', why: `unknown field ${unknown}` }
}

function* feesOf(pack: Pack): Findings {
  const { fee } = pack
  const all = fieldIds(pack)
  const codes = fee.exemptions.map(({ code }) => code)
  yield* doubles('exemptions', codes)
  if (fee.exemptionField !== undefined && !all.has(fee.exemptionField)) yield { at: 'exemptionField', why: 'unknown field' }
  for (const line of fee.lines) {
    yield* logicOf(line.id, line.when, all, columnsOf(allFields(pack)))
    yield* logicOf(line.id, line.quantity, all, columnsOf(allFields(pack)))
    const unknown = line.exemptions.find((code) => !codes.includes(code))
    if (unknown !== undefined) yield { at: line.id, why: `unknown exemption ${unknown}` }
  }
}

function* deadlineOf(pack: Pack): Findings {
  const { deadline } = pack
  for (const { kind, cutOff, span } of [deadline, ...(deadline.cases ?? [])]) {
    if (kind === 'sameDay' && cutOff === undefined) yield { at: 'deadline', why: 'sameDay wants a cut-off' }
    if (kind === 'span' && span === undefined) yield { at: 'deadline', why: 'span wants a span' }
  }
  for (const { when } of deadline.cases ?? []) yield* logicOf('deadline', when, fieldIds(pack), columnsOf(allFields(pack)))
}

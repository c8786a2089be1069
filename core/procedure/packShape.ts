/**
 * The shape of a pack, as JSON: a procedure as data (what is asked, when, which papers, what it costs, until when, on
 * what basis). No word that people read is here; those are in the texts (`texts.ts`). What a shape cannot say is in
 * `packRules.ts`; read a pack with `parsePack` (`pack.ts`).
 */
import * as v from 'valibot'
import { fieldIdShape } from './answers.ts'
import type { Logic } from './conditions.ts'

/** Kinds of one answer; they can also be columns of a list. */
export const columnKindNames = [
  'text',
  'paragraph',
  'name',
  'choice',
  'multiChoice',
  'yesNo',
  'date',
  'number',
  'money',
  'personalNumber',
  'phone',
  'email',
  'address',
  'ethnicGroup',
  'country',
] as const

export const kindNames = [...columnKindNames, 'list', 'declaration', 'consent', 'signature'] as const
export type KindName = (typeof kindNames)[number]

/** How sure a fact is (reference 0.1): verified, second-hand, general knowledge, the same but low, computed. */
export const confidences = ['V', 'V2', 'GK', 'GK-low', 'C'] as const
export type Confidence = (typeof confidences)[number]

const id = v.pipe(v.string(), v.regex(fieldIdShape))
const word = v.pipe(v.string(), v.minLength(1), v.maxLength(400))
const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/))
const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** Any JSON; its operators and fields are checked by `packRules.ts`, once all fields are known. */
const logic: v.GenericSchema<Logic> = v.lazy(() =>
  v.union([v.null(), v.boolean(), v.pipe(v.number(), v.finite()), v.string(), v.array(logic), v.record(v.string(), logic)]),
)

const fact = { source: v.exactOptional(word), confidence: v.exactOptional(v.picklist(confidences)) }

const columnId = v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]{0,39}$/))

/** What a question knows about itself, alone or as a column of a list. */
const question = {
  required: logic,
  when: v.exactOptional(logic),
  /** Name of the field in the national portal's form. */
  portalKey: v.exactOptional(word),
  choices: v.exactOptional(
    v.pipe(v.array(v.strictObject({ code: id, portalValue: v.exactOptional(word) })), v.minLength(2)),
  ),
  maxLength: v.exactOptional(v.pipe(count, v.maxValue(2000))),
  warnLength: v.exactOptional(count),
  min: v.exactOptional(count),
  max: v.exactOptional(count),
  precision: v.exactOptional(v.pipe(v.array(v.picklist(['day', 'month', 'year'])), v.minLength(1))),
  notFuture: v.exactOptional(v.boolean()),
  detailRequired: v.exactOptional(v.boolean()),
  ...fact,
}

/** A column of a list. Its conditions see the row as `row.<column>`, columns above it only, and the fields above the list. */
const columnSchema = v.strictObject({ id: columnId, kind: v.picklist(columnKindNames), ...question })

const fieldSchema = v.strictObject({
  id,
  kind: v.picklist(kindNames),
  ...question,
  /** Value of a fresh draft (a literal or logic over `today`); it is shown and can be changed. */
  default: v.exactOptional(logic),
  /** Of a list; `min` and `max` count its rows. */
  columns: v.exactOptional(v.pipe(v.array(columnSchema), v.minLength(1))),
  /** Of a consent: what nobody may do until it is given (`photos.ts`). */
  allows: v.exactOptional(v.picklist(['photos'])),
  /** Which fact of a visit this answer is, as `role.property` (`facts.ts`): known once, it is offered in the next form. */
  fact: v.exactOptional(v.pipe(v.string(), v.regex(/^[a-z][A-Za-z]{0,29}\.[a-z][A-Za-z]{0,29}$/))),
})

const sectionSchema = v.strictObject({ id, when: v.exactOptional(logic), fields: v.pipe(v.array(fieldSchema), v.minLength(1)) })

/** A check over several answers: it speaks when `when` is true and its field is asked. Text: `texts.problems[id]`. */
const checkSchema = v.strictObject({
  id,
  field: id,
  /** With a column the check is asked for each row of the list, which it sees as `row.<column>`. */
  column: v.exactOptional(columnId),
  level: v.picklist(['error', 'warning', 'info']),
  when: logic,
  params: v.exactOptional(v.record(v.string(), v.union([v.string(), v.number()]))),
  ...fact,
})

/** A suggestion: `target` gets `value` when `when` holds, unless somebody has changed the target (see `derive.ts`). */
const derivationSchema = v.strictObject({
  target: id,
  when: v.exactOptional(logic),
  value: logic,
  /** Keep the value when the suggestion no longer holds; otherwise it is taken back if nobody has changed it. */
  keep: v.exactOptional(v.boolean()),
  ...fact,
})

/** What a paper can show, so that a photo of it serves in another procedure too: the requester's own identity paper. */
export const shownFacts = ['self.identity'] as const
export type ShownFact = (typeof shownFacts)[number]

const documentSchema = v.strictObject({
  id,
  mode: v.picklist(['submit', 'present']),
  kind: v.picklist(['original', 'certifiedCopy', 'copy', 'electronic']),
  copies: v.pipe(count, v.minValue(1)),
  when: v.exactOptional(logic),
  required: logic,
  /** Papers that do as well; their names are in the texts under the same ids. */
  substitutes: v.array(id),
  /** The population database may answer instead; then the citizen is not asked for it. */
  replaceableByDatabase: v.boolean(),
  /** The counter prints it from this application, to be signed there: nobody has to bring it. */
  madeAtCounter: v.exactOptional(v.boolean()),
  /** False for a paper that volunteers never photograph, whoever agreed (`photos.ts`). */
  photo: v.exactOptional(v.boolean()),
  /** What it shows of one person, under whatever id: within a visit its photo serves every paper that shows the same. */
  shows: v.exactOptional(v.picklist(shownFacts)),
  ...fact,
})

const feeSchema = v.strictObject({
  confirmed: v.boolean(),
  lines: v.array(
    v.strictObject({
      id,
      /** Whole đồng; null where the amount is not known, which is not the same as free. */
      amount: v.nullable(count),
      unit: v.picklist(['application', 'copy', 'page', 'case']),
      when: v.exactOptional(logic),
      /** How many units; 1 when absent. */
      quantity: v.exactOptional(logic),
      /** Other amount when filed online. */
      onlineAmount: v.exactOptional(count),
      /** Codes of exemptions that free from this line. */
      exemptions: v.array(id),
      confirmed: v.boolean(),
      ...fact,
    }),
  ),
  /** The field whose answer is an exemption's code, when the pack asks for it. */
  exemptionField: v.exactOptional(id),
  exemptions: v.array(
    v.strictObject({ code: id, validFrom: v.exactOptional(day), validTo: v.exactOptional(day), ...fact }),
  ),
})

const spanSchema = v.strictObject({ amount: count, unit: v.picklist(['workingDays', 'calendarDays']) })

const deadlineTerms = {
  kind: v.picklist(['sameDay', 'span']),
  /** Of `sameDay`: local time from which the next working day counts; `inclusive` says if the minute itself is late. */
  cutOff: v.exactOptional(v.strictObject({ time: v.pipe(v.string(), v.regex(/^\d{2}:\d{2}$/)), inclusive: v.boolean() })),
  span: v.exactOptional(spanSchema),
  /** The longest span when something has to be verified elsewhere. */
  verification: v.exactOptional(spanSchema),
}

const deadlineSchema = v.strictObject({
  ...deadlineTerms,
  /** Other terms for some answers; the first that holds counts. */
  cases: v.exactOptional(v.array(v.strictObject({ when: logic, ...deadlineTerms }))),
  /** Whether what comes in on a day off counts as received on that day or on the next working day. */
  dayOff: v.picklist(['thatDay', 'nextWorkingDay']),
  ...fact,
})

export const packSchema = v.strictObject({
  format: v.literal(1),
  code: v.pipe(v.string(), v.regex(/^\d\.\d{6}$/)),
  version: v.pipe(v.string(), v.regex(/^\d{1,3}\.\d{1,3}\.\d{1,3}$/)),
  sector: id,
  level: v.picklist(['ward']),
  validFrom: day,
  validTo: v.nullable(day),
  source: word,
  confidence: v.picklist(confidences),
  /** Name of the officer who signed the content off, or null: then the app says that it is not confirmed. */
  confirmedBy: v.nullable(word),
  /** Whose facts the fields of role `subject` ask for: the first whose condition holds, else nobody's (`subject.ts`). */
  subject: v.exactOptional(v.pipe(v.array(v.strictObject({ role: word, when: logic })), v.minLength(1))),
  sections: v.pipe(v.array(sectionSchema), v.minLength(1)),
  checks: v.array(checkSchema),
  derivations: v.array(derivationSchema),
  documents: v.array(documentSchema),
  fee: feeSchema,
  deadline: deadlineSchema,
  basis: v.array(v.strictObject({ id, ...fact })),
  result: v.array(v.strictObject({ id, ...fact })),
  /** Who may apply and where; words in the texts. */
  agency: v.strictObject({ applicants: v.array(id), reception: id, decision: id, ...fact }),
  /** Who must come in person; words in the texts. Without it nothing is said. */
  presence: v.exactOptional(v.array(v.strictObject({ id, when: v.exactOptional(logic), ...fact }))),
  /** The few questions that decide papers, fee, time and who must come, asked before anything is filled in. */
  precheck: v.exactOptional(v.pipe(v.array(id), v.minLength(1), v.maxLength(6))),
  /** Other procedures to point to, always or when the answers say so. */
  related: v.array(
    v.strictObject({ id, code: v.pipe(v.string(), v.regex(/^\d\.\d{6}$/)), when: v.exactOptional(logic), ...fact }),
  ),
})

export type Pack = v.InferOutput<typeof packSchema>
export type Section = v.InferOutput<typeof sectionSchema>
export type Field = v.InferOutput<typeof fieldSchema>
export type Column = v.InferOutput<typeof columnSchema>
export type Check = v.InferOutput<typeof checkSchema>
export type Derivation = v.InferOutput<typeof derivationSchema>
export type PackDocument = v.InferOutput<typeof documentSchema>
export type Fee = v.InferOutput<typeof feeSchema>
export type Deadline = v.InferOutput<typeof deadlineSchema>
export type Span = v.InferOutput<typeof spanSchema>

/**
 * A case as its official form reads: the sections and fields of the pack under which it was filled, in the pack's order,
 * names in capitals, dates dd/mm/yyyy, empty items kept as '' (struck with a dash where they are shown). Only fields that
 * were asked appear. Everything here is text; nothing of a citizen's answer is ever taken for markup.
 */
import type { Answers } from '../../core/procedure/answers.ts'
import { answerTo, isAddress, isRows, isSignature, parseAnswers } from '../../core/procedure/answers.ts'
import { checklist, paperStates, type Paper, type PapersState, type StoredPaperState } from '../../core/procedure/checklist.ts'
import { localMoment } from '../../core/procedure/dates.ts'
import { parsePack } from '../../core/procedure/pack.ts'
import type { Field, Pack } from '../../core/procedure/packShape.ts'
import { readAnswer, readBare, readProblem, readRows } from '../../core/procedure/reading.ts'
import { readPlace } from '../../core/procedure/rows.ts'
import { parseTexts, type Texts } from '../../core/procedure/texts.ts'
import { pruneHidden, relevantFields, relevantSections } from '../../core/procedure/validate.ts'
import type { CaseFile } from '../../core/wire/desk.ts'

export interface ReadProblem {
  readonly field: string
  /** The label of the field, or its id when the form does not show it. */
  readonly label: string
  readonly level: 'error' | 'warning' | 'info'
  readonly text: string
}

export interface FormRow {
  readonly title: string
  readonly parts: readonly { readonly label: string; readonly text: string }[]
}

export interface FormLine {
  readonly id: string
  readonly label: string
  /** '' for an item left empty. */
  readonly text: string
  readonly kind: Field['kind']
  /** Of a list, each row with its name and its answers; empty for other fields. */
  readonly rows: readonly FormRow[]
  /** Of a signature on the glass, its strokes, to be drawn; '' for other fields. */
  readonly strokes: string
  /** The answer names another country than Viet Nam. */
  readonly foreign: boolean
  readonly problems: readonly ReadProblem[]
}

export interface FormSection {
  readonly id: string
  readonly title: string
  readonly lines: readonly FormLine[]
}

export interface FormPaper extends Paper {
  readonly name: string
  readonly note: string | null
}

export interface ReadForm {
  /** What the procedure is called in short, for the title "Tờ khai …". */
  readonly name: string
  readonly sections: readonly FormSection[]
  readonly papers: readonly FormPaper[]
  /** All problems, in the order of the form; those of fields that are not shown come last. */
  readonly problems: readonly ReadProblem[]
  /** Every paper of the pack's own list: nothing else may be asked for. */
  readonly published: readonly { readonly id: string; readonly name: string }[]
  /** The pack's content was signed off by an officer. */
  readonly confirmed: boolean
}

const home = 'VN'

function isForeign(field: Field, answers: Answers): boolean {
  const value = answerTo(answers, field.id)
  if (isAddress(value)) return value.countryCode !== home && value.countryCode !== ''
  return field.kind === 'country' && typeof value === 'string' && value !== '' && value !== home
}

function rowsIn(field: Field, answers: Answers, texts: Texts): readonly FormRow[] {
  const value = answerTo(answers, field.id)
  if (field.kind !== 'list' || !isRows(value)) return []
  return readRows(field, value, texts).map((parts, index) => ({ title: rowTitle(texts, field.id, index), parts }))
}

function strokesIn(field: Field, answers: Answers): string {
  const value = answerTo(answers, field.id)
  return isSignature(value) ? value.strokes : ''
}

const rowTitle = (texts: Texts, listId: string, index: number): string => `${texts.fields[listId]?.row ?? ''} ${index + 1}`.trim()

/** The field that a problem is about: for a cell of a list, the list. */
const ownerOf = (place: string): string => readPlace(place)?.list ?? place

/** What a field is called, or a cell of a list: "Thành viên 2, Ngày sinh". */
function labelIn(texts: Texts, place: string): string {
  const cell = readPlace(place)
  const own = Object.hasOwn(texts.fields, ownerOf(place)) ? texts.fields[ownerOf(place)] : undefined
  return cell === null ? (own?.label ?? place) : `${rowTitle(texts, cell.list, cell.index)}, ${own?.columns?.[cell.column]?.label ?? cell.column}`
}

const isPaperState = (state: string): state is StoredPaperState => paperStates.some((known) => known === state)

function papersOf(papers: Readonly<Record<string, string>>): PapersState {
  return Object.fromEntries(
    Object.entries(papers).flatMap(([id, state]): [string, StoredPaperState][] => (isPaperState(state) ? [[id, state]] : [])),
  )
}

/** The pack of a case and its words in a language, Vietnamese when that language is not there. */
function packWords(file: CaseFile, locale: string): { pack: Pack; texts: Texts } | null {
  const pack = file.pack === null ? null : parsePack(file.pack.content)
  if (file.pack === null || pack?.ok !== true) return null
  for (const tried of [locale, 'vi']) {
    const texts = Object.hasOwn(file.pack.texts, tried) ? parseTexts(file.pack.texts[tried], pack.value) : null
    if (texts?.ok) return { pack: pack.value, texts: texts.value }
  }
  return null
}

const nameOfPaper = (texts: Texts, id: string): string =>
  Object.hasOwn(texts.documents, id) ? (texts.documents[id]?.name ?? id) : id

/** What the pack of a case calls a paper: its id, when the pack is not here. */
export function paperNames(file: CaseFile, locale: string): (id: string) => string {
  const words = packWords(file, locale)
  return (id) => (words === null ? id : nameOfPaper(words.texts, id))
}

/** The form of a case, or null when it cannot be read as one: no pack, no application, or answers of another shape. */
export function readForm(file: CaseFile, locale: string, general: Readonly<Record<string, string>>): ReadForm | null {
  const words = packWords(file, locale)
  const answers = file.application === null ? null : parseAnswers(file.application.answers)
  if (words === null || file.application === null || answers?.ok !== true) return null
  const { pack, texts } = words
  const context = { today: localMoment(Date.parse(file.application.finalisedAt)).date }
  const asked = relevantFields(pack, answers.value, context)
  const said = pruneHidden(pack, answers.value, context)
  const labelOf = (id: string): string => labelIn(texts, id)
  const problems = file.problems.map(
    (problem): ReadProblem => ({
      field: problem.field,
      label: labelOf(problem.field),
      level: problem.level,
      text: readProblem(problem, texts, general),
    }),
  )
  const order = new Map(asked.map(({ id }, place) => [id, place]))
  const place = ({ field }: ReadProblem): number => order.get(ownerOf(field)) ?? asked.length
  const sections = relevantSections(pack, answers.value, context).map((section) => ({
    id: section.id,
    title: texts.sections[section.id]?.title ?? section.id,
    lines: section.fields
      .filter((field) => order.has(field.id))
      .map((field) => ({
        id: field.id,
        label: labelOf(field.id),
        text: readAnswer(field, answers.value, texts),
        kind: field.kind,
        rows: rowsIn(field, said, texts),
        strokes: strokesIn(field, said),
        foreign: isForeign(field, answers.value),
        problems: problems.filter((problem) => ownerOf(problem.field) === field.id),
      })),
  }))
  return {
    name: texts.shortName,
    sections,
    papers: checklist(pack, answers.value, papersOf(file.application.papers), context).map((paper) => ({
      ...paper,
      name: nameOfPaper(texts, paper.id),
      note: texts.documents[paper.id]?.note ?? null,
    })),
    problems: [...problems].sort((one, other) => place(one) - place(other)),
    published: pack.documents.map(({ id }) => ({ id, name: nameOfPaper(texts, id) })),
    confirmed: pack.confirmedBy !== null,
  }
}

/** The answers one by one, for a case without its form: the field's id and what was answered. Other JSON is shown as it is. */
export function readRaw(file: CaseFile, locale: string): readonly { readonly id: string; readonly text: string }[] {
  return Object.entries(file.application?.answers ?? {}).map(([id, value]) => {
    const answer = parseAnswers({ value })
    const known = answer.ok ? answer.value['value'] : undefined
    return { id, text: known === undefined ? JSON.stringify(value) : readBare(known, locale) }
  })
}

/**
 * The rows of a list field (members of a household, papers to certify): each row is a small form of its own. Its columns
 * are asked and judged by the same kinds as fields; their conditions see the row as `row.<column>`, columns above only, so
 * that relevance is decided in one pass here, too. A problem names its place as `list[2].column`.
 */
import { composedCell, isRows, isSignature, type AnswerValue, type Answers, type CellValue, type Row } from './answers.ts'
import { holds, type RuleContext } from './conditions.ts'
import { kinds } from './kinds/kinds.ts'
import type { Column, Field } from './packShape.ts'
import { problem, type Problem } from './problems.ts'

/** The name of one cell of a list, for problems and for links to it. */
export const placeInList = (listId: string, index: number, columnId: string): string => `${listId}[${index}].${columnId}`

const placeShape = /^(.+)\[(\d+)\]\.([A-Za-z0-9]+)$/

/** List, row and column of a place, or null when it is the id of a field. */
export function readPlace(place: string): { readonly list: string; readonly index: number; readonly column: string } | null {
  const match = placeShape.exec(place)
  if (match === null) return null
  const [, list = '', index = '', column = ''] = match
  return { list, index: Number(index), column }
}

const cellOf = (row: Row, columnId: string): CellValue | undefined => (Object.hasOwn(row, columnId) ? row[columnId] : undefined)

/**
 * The rows of a list with each cell in its stored form, empty cells and rows left out; undefined when nothing is left.
 * Cells that their column cannot read, and cells without a column, are kept, so that `rowProblems` can refuse them.
 */
export function tidyRows({ columns = [] }: Field, rows: readonly Row[]): readonly Row[] | undefined {
  const tidied = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).flatMap(([id, cell]): [string, CellValue][] => {
        const column = columns.find((one) => one.id === id)
        const tidy = column === undefined ? composedCell(cell) : tidyCell(column, cell)
        return tidy === undefined ? [] : [[id, tidy]]
      }),
    ),
  )
  const filled = tidied.filter((row) => Object.keys(row).length > 0)
  return filled.length === 0 ? undefined : filled
}

function tidyCell(column: Column, cell: CellValue): CellValue | undefined {
  const kind = kinds[column.kind]
  const tidy = kind.tidy(cell, column)
  if (tidy === undefined) return kind.isEmpty(cell) ? undefined : composedCell(cell)
  // The kinds of columns give cells; a list or a signature is no column (packShape.ts).
  return composedCell(isRows(tidy) || isSignature(tidy) ? cell : tidy)
}

interface AskedRow {
  readonly columns: readonly Column[]
  /** The answers to the columns that are asked; what belongs to no column stays, to be refused. */
  readonly row: Row
}

/** The columns to ask in one row, and the row without the others. `answers` are those of the form. */
export function askedRow(columns: readonly Column[], given: Row, answers: Answers, context: RuleContext): AskedRow {
  const row: Record<string, CellValue> = {}
  const asked = columns.filter((column) => {
    if (!holds(column.when, answers, { ...context, row })) return false
    const cell = cellOf(given, column.id)
    if (cell !== undefined) row[column.id] = cell
    return true
  })
  const strange = Object.entries(given).filter(([id]) => !columns.some((column) => column.id === id))
  return { columns: asked, row: { ...row, ...Object.fromEntries(strange) } }
}

/** What is wrong inside the rows of a list; nothing for other fields. */
export function rowProblems(field: Field, value: AnswerValue, answers: Answers, context: RuleContext): readonly Problem[] {
  const { columns } = field
  if (columns === undefined || !isRows(value)) return []
  return value.flatMap((given, index) => {
    const asked = askedRow(columns, given, answers, context)
    const unknown = Object.keys(given).filter((id) => !columns.some((column) => column.id === id))
    const strange = unknown.sort().map((id) => problem(placeInList(field.id, index, id), 'list.unknownColumn'))
    const own = asked.columns.flatMap((column) => cellProblems(placeInList(field.id, index, column.id), column, asked.row, answers, context))
    return [...own, ...strange]
  })
}

function cellProblems(place: string, column: Column, row: Row, answers: Answers, context: RuleContext): readonly Problem[] {
  const value = cellOf(row, column.id)
  if (value === undefined) return holds(column.required, answers, { ...context, row }) ? [problem(place, 'required')] : []
  const kind = kinds[column.kind]
  const parsed = kind.parse(value, column)
  const found = parsed.ok ? kind.check(parsed.value, column, context) : [parsed.failure]
  return found.map(({ rule, level, params }) => problem(place, rule, level, params))
}

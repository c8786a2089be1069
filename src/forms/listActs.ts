/**
 * What happens inside a list: a row is opened, filled in, closed, taken out and put back. At most one row of a list is open.
 * Every letter is part of the answer at once, so an unfinished row is saved like anything else. An empty row is never kept:
 * it leaves no gap in the numbers by which problems name their places.
 */
import { shallowReactive } from 'vue'
import { answerTo, isRows, sameAnswer, type CellValue, type Row } from '../../core/procedure/answers.ts'
import { placeInList, readPlace, tidyRows } from '../../core/procedure/rows.ts'
import { afterLeaving, chosenKinds, growingKinds, type ActParts } from './fieldActs.ts'
import { movePlaces, withCell, withRow } from './listRows.ts'

export interface RemovedRow {
  readonly index: number
  readonly row: Row
  /** Places of the row that somebody had been at. */
  readonly places: readonly string[]
}

export interface ListActs {
  /** Number of the open row, by list; one more than there are is a new row. */
  readonly openRows: ReadonlyMap<string, number>
  readonly rowsOf: (listId: string) => readonly Row[]
  readonly openRow: (listId: string, index: number) => void
  /** Takes out empty rows, also the open one when others stand below it. */
  readonly dropEmpty: (listId: string) => void
  /** Closes the open row, says what is wrong in it, and lets it go when it is empty. */
  readonly closeRow: (listId: string) => Promise<void>
  readonly typeCell: (listId: string, index: number, columnId: string, value: CellValue | undefined) => void
  readonly leaveCell: (listId: string, index: number, columnId: string) => Promise<void>
  readonly removeRow: (listId: string, index: number) => RemovedRow
  readonly restoreRow: (listId: string, removed: RemovedRow) => void
  /** Opens the row of a place, so that its cell is on the page; nothing for a field. */
  readonly showPlace: (place: string) => void
}

type Rows = Pick<ListActs, 'rowsOf' | 'dropEmpty'> & {
  readonly openRows: Map<string, number>
  readonly setRows: (listId: string, rows: readonly Row[]) => void
  readonly placesIn: (listId: string, index: number) => readonly string[]
}

const isEmptyRow = (row: Row | undefined): boolean => Object.keys(row ?? {}).length === 0

function makeRows({ answers, write, touched, fieldOf }: ActParts): Rows {
  const openRows = shallowReactive(new Map<string, number>())

  function rowsOf(listId: string): readonly Row[] {
    const value = answerTo(answers.value, listId)
    return isRows(value) ? value : []
  }

  function setRows(listId: string, rows: readonly Row[]): void {
    if (sameAnswer(rows, rowsOf(listId))) return
    touched.add(listId)
    write(listId, rows.length > 0 ? rows : undefined)
  }

  function dropEmpty(listId: string): void {
    const field = fieldOf(listId)
    const rows = rowsOf(listId)
    const open = openRows.get(listId)
    if (open !== undefined && open < rows.length && isEmptyRow(rows[open])) {
      openRows.delete(listId)
      movePlaces(touched, listId, open, -1)
    }
    if (field !== undefined) setRows(listId, tidyRows(field, rows) ?? [])
  }

  const placesIn = (listId: string, index: number): readonly string[] =>
    (fieldOf(listId)?.columns ?? []).map(({ id }) => placeInList(listId, index, id))

  return { openRows, rowsOf, setRows, dropEmpty, placesIn }
}

function makeCellActs(parts: ActParts, { rowsOf, setRows, openRows }: Rows): Pick<ListActs, 'typeCell' | 'leaveCell'> {
  const { write, settle, problems, touched, fieldOf, released } = parts

  async function leaveCell(listId: string, index: number, columnId: string): Promise<void> {
    const field = fieldOf(listId)
    const row = rowsOf(listId)[index]
    if (field === undefined || openRows.get(listId) !== index) return
    if (row !== undefined) setRows(listId, withRow(rowsOf(listId), index, tidyRows(field, [row])?.[0] ?? {}))
    await afterLeaving(parts, listId, [placeInList(listId, index, columnId)], () => {
      problems.judgeCells(listId)
    })
  }

  function typeCell(listId: string, index: number, columnId: string, value: CellValue | undefined): void {
    touched.add(listId)
    const rows = withCell(rowsOf(listId), index, columnId, value)
    write(listId, rows.length > 0 ? rows : undefined)
    const kind = fieldOf(listId)?.columns?.find(({ id }) => id === columnId)?.kind
    if (kind !== undefined && chosenKinds.has(kind)) {
      void leaveCell(listId, index, columnId)
      return
    }
    problems.forgive(listId)
    if (kind !== undefined && growingKinds.has(kind)) void released().then(settle)
  }

  return { typeCell, leaveCell }
}

function makeRowActs(parts: ActParts, rows: Rows): Pick<ListActs, 'closeRow' | 'removeRow' | 'restoreRow'> {
  const { settle, problems, touched, saver } = parts
  const { openRows, rowsOf, setRows, dropEmpty, placesIn } = rows

  async function closeRow(listId: string): Promise<void> {
    const index = openRows.get(listId)
    if (index === undefined) return
    const isThere = !isEmptyRow(rowsOf(listId)[index])
    dropEmpty(listId)
    openRows.delete(listId)
    await afterLeaving(parts, listId, isThere ? [listId, ...placesIn(listId, index)] : [listId], () => {
      problems.judge([listId])
    })
  }

  /** After rows have gone or come: everything that is shown moves with them. */
  function rowsMoved(listId: string, moved: readonly Row[]): void {
    openRows.delete(listId)
    setRows(listId, moved)
    settle()
    problems.judge([listId])
    problems.judgeOthers(listId)
    void saver.flush()
  }

  return {
    closeRow,
    removeRow(listId, index) {
      const removed = { index, row: rowsOf(listId)[index] ?? {}, places: placesIn(listId, index).filter((place) => touched.has(place)) }
      movePlaces(touched, listId, index, -1)
      rowsMoved(listId, rowsOf(listId).filter((_, at) => at !== index))
      return removed
    },
    restoreRow(listId, { index, row, places }) {
      movePlaces(touched, listId, index, 1)
      for (const place of places) touched.add(place)
      rowsMoved(listId, rowsOf(listId).toSpliced(index, 0, row))
    },
  }
}

export function makeListActs(parts: ActParts): ListActs {
  const rows = makeRows(parts)
  const { openRows, rowsOf, dropEmpty } = rows
  return {
    openRows, rowsOf, dropEmpty,
    ...makeCellActs(parts, rows),
    ...makeRowActs(parts, rows),
    openRow: (listId, index) => openRows.set(listId, index),
    showPlace(place) {
      const read = readPlace(place)
      if (read !== null) openRows.set(read.list, read.index)
    },
  }
}

/**
 * Rows of a list as they are being filled in. One row at a time may be unfinished or empty; rows are replaced, never
 * changed in place. Which cells somebody has been at is remembered by their places (`list[2].column`), which move along
 * when a row above goes or comes back.
 */
import type { CellValue, Row } from '../../core/procedure/answers.ts'
import { placeInList, readPlace } from '../../core/procedure/rows.ts'
import type { Texts } from '../../core/procedure/texts.ts'

/** The field that a problem belongs to: its own id, or the list of a cell. */
export const ownerOf = (place: string): string => readPlace(place)?.list ?? place

/** The rows with one cell set, or emptied; a row that is not there yet comes last. */
export function withCell(rows: readonly Row[], index: number, columnId: string, value: CellValue | undefined): readonly Row[] {
  const others = Object.entries(rows[index] ?? {}).filter(([id]) => id !== columnId)
  const row: Row = Object.fromEntries(value === undefined || value === '' ? others : [...others, [columnId, value]])
  return withRow(rows, index, row)
}

/** The rows with one replaced; the last one goes when nothing is in it any more. */
export function withRow(rows: readonly Row[], index: number, row: Row): readonly Row[] {
  const isLast = index >= rows.length - 1
  if (isLast) return Object.keys(row).length > 0 ? [...rows.slice(0, index), row] : rows.slice(0, index)
  return rows.map((other, at) => (at === index ? row : other))
}

/** Places after a row has gone (-1, with the places of the row itself) or come back (1) at `index`. */
export function movePlaces(places: Set<string>, listId: string, index: number, by: 1 | -1): void {
  const after = [...places].flatMap((place) => {
    const read = readPlace(place)
    return read !== null && read.list === listId && read.index >= index ? [{ place, ...read }] : []
  })
  for (const { place } of after) places.delete(place)
  for (const { index: at, column } of after) if (by === 1 || at > index) places.add(placeInList(listId, at + by, column))
}

/** What a place is called: its field, or the row and the column, as in "Thành viên 2, Ngày sinh". */
export function labelOfPlace(texts: Texts, place: string): string {
  const read = readPlace(place)
  const own = Object.hasOwn(texts.fields, read?.list ?? place) ? texts.fields[read?.list ?? place] : undefined
  if (read === null) return own?.label ?? ''
  return `${rowTitle(texts, read.list, read.index)}, ${own?.columns?.[read.column]?.label ?? ''}`
}

/** What one row is called: "Thành viên 2". */
export const rowTitle = (texts: Texts, listId: string, index: number): string =>
  `${texts.fields[listId]?.row ?? ''} ${index + 1}`.trim()

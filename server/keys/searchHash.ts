/**
 * Keyed hashes for searching without reading: HMAC-SHA-256 with one key a column, kept outside the database. Equal values
 * of one column give equal hashes (that much leaks, SECURITY.md); values of two columns never compare.
 */
import { createHmac } from 'node:crypto'

export const searchColumns = ['personalNumber', 'phone', 'code', 'fullName', 'nameAndYear'] as const
export type SearchColumn = (typeof searchColumns)[number]

export type SearchHash = (column: SearchColumn, value: string) => string

/** Hashes under one key of 32 bytes a column. */
export function makeSearchHash(keys: Readonly<Record<SearchColumn, Uint8Array>>): SearchHash {
  return (column, value) => createHmac('sha256', keys[column]).update(value, 'utf8').digest('base64url')
}

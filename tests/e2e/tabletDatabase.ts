/** The tablet's own database seen and changed from inside its page, as somebody with the browser's tools could. */
import type { Page } from '@playwright/test'
import { base64url, fromBase64url } from '../../core/bytes.ts'

/** All rows of one table. Keys do not travel out of the page; bytes come as `Uint8Array`. */
export async function rowsOf(page: Page, table: string): Promise<Record<string, unknown>[]> {
  const text = await page.evaluate(
    (name) =>
      new Promise<string>((resolve, reject) => {
        const written = (_key: string, value: unknown): unknown =>
          value instanceof Uint8Array ? { bytesOfRow: btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join('')) } : value
        const opening = indexedDB.open('tiepsuc')
        opening.onerror = () => reject(new Error('cannot open'))
        opening.onsuccess = () => {
          const rows = opening.result.transaction(name).objectStore(name).getAll()
          rows.onerror = () => reject(new Error('cannot read'))
          rows.onsuccess = () => {
            opening.result.close()
            resolve(JSON.stringify(rows.result, written))
          }
        }
      }),
    table,
  )
  return JSON.parse(text, (_key, value: unknown) => {
    const bytes = bytesIn(value)
    return bytes === null ? value : fromBase64url(bytes.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''))
  }) as Record<string, unknown>[]
}

const bytesIn = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'bytesOfRow' in value && typeof value.bytesOfRow === 'string' ? value.bytesOfRow : null

/** Lays rows into a table behind the app's back. An open page does not notice until it reads again. */
export async function putRows(page: Page, table: string, rows: readonly object[]): Promise<void> {
  const text = JSON.stringify(rows, (_key, value: unknown) => (value instanceof Uint8Array ? { bytesOfRow: base64url(value) } : value))
  await page.evaluate(
    ([name, written]) =>
      new Promise<void>((resolve, reject) => {
        const read = (_key: string, value: unknown): unknown => {
          if (typeof value !== 'object' || value === null || !('bytesOfRow' in value)) return value
          const plain = atob(String(value.bytesOfRow).replaceAll('-', '+').replaceAll('_', '/'))
          return Uint8Array.from(plain, (character) => character.charCodeAt(0))
        }
        const opening = indexedDB.open('tiepsuc')
        opening.onerror = () => reject(new Error('cannot open'))
        opening.onsuccess = () => {
          const transaction = opening.result.transaction(name, 'readwrite')
          for (const row of JSON.parse(written, read) as object[]) transaction.objectStore(name).put(row)
          transaction.onabort = () => reject(new Error('cannot write'))
          transaction.oncomplete = () => {
            opening.result.close()
            resolve()
          }
        }
      }),
    [table, text] as const,
  )
}

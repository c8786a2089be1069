/** Reads the tablet's own database from inside its page, as somebody with the browser's tools could. */
import type { Page } from '@playwright/test'

/** All rows of one table. */
export async function rowsOf(page: Page, table: string): Promise<Record<string, unknown>[]> {
  return page.evaluate(
    (name) =>
      new Promise<Record<string, unknown>[]>((resolve, reject) => {
        const opening = indexedDB.open('tiepsuc')
        opening.onerror = () => reject(new Error('cannot open'))
        opening.onsuccess = () => {
          const rows = opening.result.transaction(name).objectStore(name).getAll()
          rows.onerror = () => reject(new Error('cannot read'))
          rows.onsuccess = () => {
            opening.result.close()
            // Keys and bytes do not travel out of the page; what a test needs are texts and numbers.
            resolve(JSON.parse(JSON.stringify(rows.result)) as Record<string, unknown>[])
          }
        }
      }),
    table,
  )
}

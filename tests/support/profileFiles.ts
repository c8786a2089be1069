/** The files of a browser's profile folder, for tests that harm them while no browser runs. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The files of all IndexedDB databases; `which` chooses among them by path. */
export function databaseFiles(profile: string, which = /^/): readonly string[] {
  const folder = join(profile, 'Default', 'IndexedDB')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.includes('indexeddb.leveldb/') && !path.endsWith('LOCK') && which.test(path))
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
}

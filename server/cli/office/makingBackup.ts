/** A backup as commands make it, and what they say of it. */
import { stat } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { ok, type Result } from '../../../core/result.ts'
import { makeBackup } from '../../backup/makeBackup.ts'
import type { Config } from '../../config.ts'
import { loadKeys } from '../../keys/loadKeys.ts'
import { partsOnDisk } from '../../parts/partStore.ts'
import type { Shell } from './command.ts'
import { withOfficeDatabase } from './commandDatabase.ts'

/** Backs the office up into `dir` with the keys in `config.keysFolder`; or the sentence that says why there is no backup. */
export async function backUp(config: Config, dir: string, say: Shell['say']): Promise<Result<undefined, string>> {
  const { keysFolder, partsFolder, dataFolder } = config
  const keys = await loadKeys(keysFolder)
  if (!keys.ok) return keys
  const source = { keys: keys.value, keysFolder, parts: partsOnDisk(partsFolder, () => randomUUID()), clock: { now: () => Date.now() } }
  const made = await withOfficeDatabase(config, say, (url) => makeBackup({ ...source, url }, dir))
  if (!made.ok) return made
  const { folder, manifest, newParts } = made.value
  say(`Backed up and read back: ${folder}`)
  say(`${manifest.tables.reduce((sum, { lines }) => sum + lines, 0)} rows, ${manifest.parts.count} parts (${newParts} new), ledger up to event ${manifest.head}.`)
  if (await isOnOneDisk(dir, dataFolder)) say(`${dir} is on the same disk as the office: that helps against mistakes, and not when the disk breaks. Copy it to another one.`)
  return ok(undefined)
}

async function isOnOneDisk(one: string, other: string): Promise<boolean> {
  return (await stat(one)).dev === (await stat(other)).dev
}

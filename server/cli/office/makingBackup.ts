/** A backup as commands make it, and what they say of it. */
import { stat } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import type { Result } from '../../../core/result.ts'
import { makeBackup, type MadeBackup } from '../../backup/makeBackup.ts'
import type { Config } from '../../config.ts'
import { loadKeys } from '../../keys/loadKeys.ts'
import { partsOnDisk } from '../../parts/partStore.ts'
import { isMost } from '../../parts/storedParts.ts'
import type { Shell } from './command.ts'
import { withOfficeDatabase } from './commandDatabase.ts'

/** Backs the office up into `dir` with the keys in `config.keysFolder`; or the sentence that says why there is no backup. */
export async function backUp(config: Config, dir: string, { say, complain }: Pick<Shell, 'say' | 'complain'>): Promise<Result<MadeBackup, string>> {
  const { keysFolder, partsFolder, dataFolder } = config
  const keys = await loadKeys(keysFolder)
  if (!keys.ok) return keys
  const source = { keys: keys.value, keysFolder, parts: partsOnDisk(partsFolder, () => randomUUID()), clock: { now: () => Date.now() } }
  const made = await withOfficeDatabase(config, say, (url) => makeBackup({ ...source, url }, dir))
  if (!made.ok) return made
  const { folder, manifest, newParts } = made.value
  say(`Backed up and read back: ${folder}`)
  say(`${manifest.tables.reduce((sum, { lines }) => sum + lines, 0)} rows, ${manifest.parts.count} parts (${newParts} new), ledger up to event ${manifest.head}.`)
  if (manifest.parts.missing.length > 0) tellMissing(made.value, partsFolder, complain)
  if (await isOnOneDisk(dir, dataFolder)) say(`${dir} is on the same disk as the office: that helps against mistakes, and not when the disk breaks. Copy it to another one.`)
  return made
}

/** So many ids are told one by one. */
const toldIds = 50

/** Which photos of the office are lost, and what to do: a nightly job sends this to somebody. */
function tellMissing({ manifest: { parts: { count, missing } }, uncovered }: MadeBackup, partsFolder: string, complain: Shell['complain']): void {
  complain(`${missing.length} parts of photos are missing or damaged at the office itself, so they are not in this backup. All else is in it and counts.`)
  if (isMost(missing.length, count + missing.length)) complain(`That is most of them: is the disk with ${partsFolder} there?`)
  const more = uncovered.length > toldIds ? ` and ${uncovered.length - toldIds} more` : ''
  complain(`${uncovered.length} applications are not covered by it, so tablets keep what they hold of them: ${uncovered.slice(0, toldIds).join(', ')}${more}.`)
  complain(`If an older backup has the files, put them back into ${partsFolder} from its folder "parts". Else ask the tablets for them: npm run office -- parts --ask-again`)
}

async function isOnOneDisk(one: string, other: string): Promise<boolean> {
  return (await stat(one)).dev === (await stat(other)).dev
}

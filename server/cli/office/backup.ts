import { stat } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { makeBackup } from '../../backup/makeBackup.ts'
import { parseConfig } from '../../config.ts'
import { loadKeys } from '../../keys/loadKeys.ts'
import { partsOnDisk } from '../../parts/partStore.ts'
import type { Command } from './command.ts'
import { withOfficeDatabase } from './commandDatabase.ts'

/** `backup DIR`: a copy of the whole office, while it runs or not. */
export const backup: Command = {
  usage: 'backup DIR',
  does: 'Copies the whole office into DIR, sealed to the escrow key, and reads it back. The office may go on running.',
  run: async (args, { environment, say, complain }) => {
    const [dir, ...more] = args
    if (dir === undefined || dir.startsWith('-') || more.length > 0) {
      complain('npm run office -- backup DIR')
      return 2
    }
    const config = parseConfig(environment)
    if (!config.ok) return refused(config.failure)
    const { keysFolder, partsFolder, dataFolder } = config.value
    const keys = await loadKeys(keysFolder)
    if (!keys.ok) return refused(keys.failure)
    const source = { keys: keys.value, keysFolder, parts: partsOnDisk(partsFolder, () => randomUUID()), clock: { now: () => Date.now() } }
    const made = await withOfficeDatabase(config.value, say, (url) => makeBackup({ ...source, url }, dir))
    if (!made.ok) return refused(made.failure)
    const { folder, manifest, newParts } = made.value
    say(`Backed up and read back: ${folder}`)
    say(`${manifest.tables.reduce((sum, { lines }) => sum + lines, 0)} rows, ${manifest.parts.count} parts (${newParts} new), ledger up to event ${manifest.head}.`)
    if (await isOnOneDisk(dir, dataFolder)) say('DIR is on the same disk as the office: that helps against mistakes, and not when the disk breaks. Copy DIR to another one.')
    return 0

    function refused(sentence: string): number {
      complain(sentence)
      return 1
    }
  },
}

async function isOnOneDisk(one: string, other: string): Promise<boolean> {
  return (await stat(one)).dev === (await stat(other)).dev
}

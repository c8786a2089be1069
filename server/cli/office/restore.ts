import { randomUUID } from 'node:crypto'
import type { Result } from '../../../core/result.ts'
import { thumbprint } from '../../../core/sealing/keys.ts'
import { restoreBackup, type Restored } from '../../backup/restoreBackup.ts'
import { parseConfig, type Config } from '../../config.ts'
import { partsOnDisk } from '../../parts/partStore.ts'
import { holdFolder } from '../../start/presence.ts'
import { makeUndo } from '../../start/undo.ts'
import { readArguments } from './arguments.ts'
import type { Command, Shell } from './command.ts'
import { databaseOf } from './commandDatabase.ts'
import { openLockedKey } from './lockedKey.ts'

/** `restore DIR --escrow FILE`: an office from a backup, on a machine that has none. */
export const restore: Command = {
  usage: 'restore DIR --escrow FILE [--passphrase-file FILE]',
  does: 'Puts the newest backup in DIR (or the one that DIR is) back where no office is; asks for the passphrase of the escrow key.',
  run: async (args, shell) => {
    const asked = askedFor(args)
    if (asked === null) {
      shell.complain(`npm run office -- ${restore.usage}`)
      return 2
    }
    const config = parseConfig(shell.environment)
    const restored = config.ok ? await restoreInto(config.value, asked, shell) : config
    if (!restored.ok) {
      shell.complain(restored.failure)
      return 1
    }
    const { manifest, epoch } = restored.value
    shell.say(`Put back: "${manifest.office.name}" as of ${manifest.at}, ledger up to event ${manifest.head}. Root key ${await thumbprint(manifest.root)}.`)
    shell.say(`A new epoch (number ${epoch.number}) has begun: tablets offer again what they hold. Officers sign in anew. Start it with: npm start`)
    shell.say(`What was ended after ${manifest.at} is in force again: look through tablets, volunteers and officers at the desk, and end it again. The desk says so until an officer has done it.`)
    const { missing } = manifest.parts
    if (missing.length > 0) shell.say(`${missing.length} parts of photos were lost before this backup and are not in it; tablets that still hold them send them again. Later, see: npm run office -- parts`)
    return 0
  },
}

interface Asked {
  readonly dir: string
  readonly escrow: string
  readonly passphraseFile: string | undefined
}

function askedFor(args: readonly string[]): Asked | null {
  const read = readArguments(args, ['escrow', 'passphrase-file'])
  if (read === null) return null
  const { named, rest: [dir, ...more] } = read
  if (dir === undefined || more.length > 0 || named.escrow === undefined) return null
  return { dir, escrow: named.escrow, passphraseFile: named['passphrase-file'] }
}

async function restoreInto(config: Config, asked: Asked, shell: Shell): Promise<Result<Restored, string>> {
  const undo = makeUndo()
  try {
    const held = await holdFolder(config.dataFolder)
    if (!held.ok) return held
    undo.add(held.value.leave)
    const escrow = await openLockedKey({ role: 'escrow', file: asked.escrow, passphraseFile: asked.passphraseFile }, shell)
    if (!escrow.ok) return escrow
    return await restoreBackup(asked.dir, escrow.value, {
      dataFolder: config.dataFolder,
      keysFolder: config.keysFolder,
      parts: partsOnDisk(config.partsFolder, () => randomUUID()),
      clock: { now: () => Date.now() },
      database: () => databaseOf(config, shell.say, undo),
    })
  } finally {
    await undo.run()
  }
}

import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { fail, ok, type Result } from '../../../core/result.ts'
import { thumbprint, type PrivateJwk } from '../../../core/sealing/keys.ts'
import { unlockKey } from '../../../core/sealing/locked.ts'
import { restoreBackup, type Restored } from '../../backup/restoreBackup.ts'
import { parseConfig, type Config } from '../../config.ts'
import { readIfThere } from '../../keys/keyFiles.ts'
import { partsOnDisk } from '../../parts/partStore.ts'
import { fileFailure } from '../../postgres/startFailure.ts'
import { holdFolder } from '../../start/presence.ts'
import { makeUndo } from '../../start/undo.ts'
import type { Command, Shell } from './command.ts'
import { databaseOf } from './commandDatabase.ts'

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
    return 0
  },
}

interface Asked {
  readonly dir: string
  readonly escrow: string
  readonly passphraseFile: string | undefined
}

function askedFor(args: readonly string[]): Asked | null {
  try {
    const options = { escrow: { type: 'string' }, 'passphrase-file': { type: 'string' } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [dir, ...more] = positionals
    if (dir === undefined || more.length > 0 || values.escrow === undefined) return null
    return { dir, escrow: values.escrow, passphraseFile: values['passphrase-file'] }
  } catch (cause) {
    if (cause instanceof TypeError) return null // parseArgs' own word for an option it does not know
    throw cause
  }
}

async function restoreInto(config: Config, asked: Asked, shell: Shell): Promise<Result<Restored, string>> {
  const undo = makeUndo()
  try {
    const held = await holdFolder(config.dataFolder)
    if (!held.ok) return held
    undo.add(held.value.leave)
    const escrow = await escrowKey(asked, shell)
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

async function escrowKey({ escrow, passphraseFile }: Asked, shell: Shell): Promise<Result<PrivateJwk, string>> {
  const locked = await textIn(escrow)
  if (!locked.ok) return locked
  const passphrase = passphraseFile === undefined ? ok(await shell.askSecret('Passphrase of the escrow key: ')) : await textIn(passphraseFile)
  if (!passphrase.ok) return passphrase
  const key = await unlockKey(locked.value, passphrase.value.trim())
  return key.ok ? key : fail(`The passphrase does not open ${escrow}, or that is no escrow key: nothing was changed.`)
}

async function textIn(path: string): Promise<Result<string, string>> {
  try {
    const text = await readIfThere(path)
    return text === null ? fail(`There is no file ${path}.`) : ok(text)
  } catch (cause) {
    return fail(fileFailure(cause, path).sentence)
  }
}

import { ok, type Result } from '../../../core/result.ts'
import { thumbprint } from '../../../core/sealing/keys.ts'
import type { KeySet } from '../../../core/sealing/keySet.ts'
import { parseConfig, type Config } from '../../config.ts'
import { loadKeys } from '../../keys/loadKeys.ts'
import { renewKeys } from '../../keys/renewKeys.ts'
import { holdFolder } from '../../start/presence.ts'
import { readArguments } from './arguments.ts'
import type { Command, Shell } from './command.ts'
import { openLockedKey } from './lockedKey.ts'

/** `keys`: which key set is in force. `keys renew --root FILE`: the next one, signed by the root key from its safe. */
export const keys: Command = {
  usage: 'keys [renew --root FILE [--passphrase-file FILE]]',
  does: "Shows the office's key set, or makes the next one with the root key; tablets take it up at their next contact.",
  run: async (args, shell) => {
    const asked = askedFor(args)
    if (asked === null) {
      shell.complain(`npm run office -- ${keys.usage}`)
      return 2
    }
    const config = parseConfig(shell.environment)
    const keySet = !config.ok ? config : asked.root === undefined ? await inForce(config.value) : await renewed(config.value, asked.root, asked.passphraseFile, shell)
    if (!keySet.ok) {
      shell.complain(keySet.failure)
      return 1
    }
    const { number, office, expiresAt, working, signing } = keySet.value
    shell.say(`Key set ${number} of "${office.name}", until ${expiresAt.slice(0, 10)}. Working key ${await thumbprint(working)}; ${signing.length} signing keys.`)
    if (asked.root !== undefined) shell.say('Make a backup now, put the root key back into its safe, and start the office: npm start')
    return 0
  },
}

interface Asked {
  /** Undefined: only shown. */
  readonly root: string | undefined
  readonly passphraseFile: string | undefined
}

function askedFor(args: readonly string[]): Asked | null {
  const read = readArguments(args, ['root', 'passphrase-file'])
  if (read === null) return null
  const { named, rest: [word, ...more] } = read
  const asked = { root: named.root, passphraseFile: named['passphrase-file'] }
  if (word === undefined) return Object.keys(named).length === 0 ? asked : null
  return word === 'renew' && more.length === 0 && asked.root !== undefined ? asked : null
}

async function inForce({ keysFolder }: Config): Promise<Result<KeySet, string>> {
  const loaded = await loadKeys(keysFolder)
  return loaded.ok ? ok(loaded.value.keySet) : loaded
}

/** Only beside an office that stands still: a running one would go on with the keys that it read when it started. */
async function renewed({ dataFolder, keysFolder }: Config, file: string, passphraseFile: string | undefined, shell: Shell): Promise<Result<KeySet, string>> {
  const held = await holdFolder(dataFolder)
  if (!held.ok) return held
  try {
    const root = await openLockedKey({ role: 'root', file, passphraseFile }, shell)
    return root.ok ? await renewKeys({ keysFolder, root: root.value, nowMs: Date.now() }) : root
  } finally {
    await held.value.leave()
  }
}

import { fail, ok, type Result } from '../../../core/result.ts'
import { thumbprint } from '../../../core/sealing/keys.ts'
import type { KeySet } from '../../../core/sealing/keySet.ts'
import { parseConfig, type Config } from '../../config.ts'
import { loadKeys } from '../../keys/loadKeys.ts'
import { renewKeys } from '../../keys/renewKeys.ts'
import { holdFolder } from '../../start/presence.ts'
import { readArguments } from './arguments.ts'
import type { Command, Shell } from './command.ts'
import { openLockedKey } from './lockedKey.ts'
import { backUp } from './makingBackup.ts'

/** `keys`: which key set is in force. `keys renew --root FILE --backup FOLDER`: the next one, signed by the root key from its safe. */
export const keys: Command = {
  usage: 'keys [renew --root FILE (--backup FOLDER | --without-backup) [--passphrase-file FILE]]',
  does: "Shows the office's key set, or makes the next one with the root key, and a backup with it; tablets take it up at their next contact.",
  run: async (args, shell) => {
    const asked = askedFor(args)
    if (!asked.ok) {
      shell.complain(asked.failure)
      return 2
    }
    const config = parseConfig(shell.environment)
    const renewal = asked.value
    const keySet = !config.ok ? config : renewal === null ? await inForce(config.value) : await renewed(config.value, renewal, shell)
    if (!keySet.ok) {
      shell.complain(keySet.failure)
      return 1
    }
    const { number, office, expiresAt, working, signing } = keySet.value
    shell.say(`Key set ${number} of "${office.name}", until ${expiresAt.slice(0, 10)}. Working key ${await thumbprint(working)}; ${signing.length} signing keys.`)
    if (renewal === null) return 0
    if (renewal.backup === null) shell.say('No backup holds these keys yet. Make one before the office starts: npm run office -- backup FOLDER')
    shell.say('Put the root key back into its safe, and start the office: npm start')
    return 0
  },
}

interface Renewal {
  readonly root: string
  readonly passphraseFile: string | undefined
  /** The folder of backups; null when the person wants none. */
  readonly backup: string | null
}

/** What is asked for; null is to be shown what is in force. */
function askedFor(args: readonly string[]): Result<Renewal | null, string> {
  const usage = fail(`npm run office -- ${keys.usage}`)
  const read = readArguments(args, ['root', 'backup', 'passphrase-file'], ['without-backup'])
  if (read === null) return usage
  const { named, flags, rest: [word, ...more] } = read
  const isBare = flags.has('without-backup')
  if (word === undefined) return Object.keys(named).length === 0 && !isBare ? ok(null) : usage
  if (word !== 'renew' || more.length > 0 || named.root === undefined || (isBare && named.backup !== undefined)) return usage
  if (named.backup === undefined && !isBare) {
    return fail('A renewal makes a backup that holds the new keys, before they are in force: add --backup FOLDER. An office that is put back without them cannot read what tablets seal from then on. Whoever knows better adds --without-backup.')
  }
  return ok({ root: named.root, passphraseFile: named['passphrase-file'], backup: named.backup ?? null })
}

async function inForce({ keysFolder }: Config): Promise<Result<KeySet, string>> {
  const loaded = await loadKeys(keysFolder)
  return loaded.ok ? ok(loaded.value.keySet) : loaded
}

/** Only beside an office that stands still: a running one would go on with the keys that it read when it started. */
async function renewed(config: Config, { root: file, passphraseFile, backup }: Renewal, shell: Shell): Promise<Result<KeySet, string>> {
  const held = await holdFolder(config.dataFolder)
  if (!held.ok) return held
  try {
    const root = await openLockedKey({ role: 'root', file, passphraseFile }, shell)
    if (!root.ok) return root
    return await renewKeys({
      keysFolder: config.keysFolder,
      root: root.value,
      nowMs: Date.now(),
      beforeInForce: (keysFolder) => (backup === null ? Promise.resolve(ok(undefined)) : backUpFirst({ ...config, keysFolder }, backup, shell)),
    })
  } finally {
    await held.value.leave()
  }
}

async function backUpFirst(config: Config, dir: string, shell: Shell): Promise<Result<undefined, string>> {
  const made = await backUp(config, dir, shell)
  return made.ok ? ok(undefined) : fail(`The new keys are not in force, and nothing was changed, since there is no backup of them: ${made.failure}`)
}

import { parseConfig } from '../../config.ts'
import type { Command } from './command.ts'
import { backUp } from './makingBackup.ts'

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
    const made = config.ok ? await backUp(config.value, dir, { say, complain }) : config
    if (made.ok) return made.value.manifest.parts.missing.length > 0 ? 3 : 0
    complain(made.failure)
    return 1
  },
}

/**
 * `parts [--ask-again [--even-if-most]]`: reads every part of a photo that counts as stored. With `--ask-again` the office no
 * longer says that it holds the lost ones, so that tablets which still hold them bring them again. The office may run or not.
 */
import { randomUUID } from 'node:crypto'
import type { Result } from '../../../core/result.ts'
import { inWords } from '../../backup/trouble.ts'
import { parseConfig, type Config } from '../../config.ts'
import { forgetParts, stillWaiting } from '../../intake/partsLost.ts'
import { partsOnDisk } from '../../parts/partStore.ts'
import { checkStored, isMost, neededBy } from '../../parts/storedParts.ts'
import { openDatabase, type Database } from '../../postgres/database.ts'
import { readArguments } from './arguments.ts'
import type { Command, Shell } from './command.ts'
import { withOfficeDatabase } from './commandDatabase.ts'

const usage = 'parts [--ask-again [--even-if-most]]'

export const parts: Command = {
  usage,
  does: 'Checks the photos that the office holds; with --ask-again tablets are asked for what is lost. The office may go on running.',
  run: async (args, shell) => {
    const asked = askedFor(args)
    if (asked === null) {
      shell.complain(`npm run office -- ${usage}`)
      return 2
    }
    const config = parseConfig(shell.environment)
    const done = config.ok ? await withOfficeDatabase(config.value, shell.say, (url) => within(config.value, url, asked, shell)) : config
    if (done.ok) return done.value
    shell.complain(done.failure)
    return 1
  },
}

interface Asked {
  readonly again: boolean
  readonly evenIfMost: boolean
}

function askedFor(args: readonly string[]): Asked | null {
  const read = readArguments(args, [], ['ask-again', 'even-if-most'])
  if (read === null || read.rest.length > 0) return null
  const asked = { again: read.flags.has('ask-again'), evenIfMost: read.flags.has('even-if-most') }
  return asked.again || !asked.evenIfMost ? asked : null
}

async function within(config: Config, url: string, asked: Asked, shell: Shell): Promise<Result<number, string>> {
  const db = openDatabase(url, () => undefined, 1)
  try {
    return await inWords(config.partsFolder, () => look(db, config.partsFolder, asked, shell))
  } finally {
    await db.destroy()
  }
}

async function look(db: Database, folder: string, { again, evenIfMost }: Asked, { say, complain }: Shell): Promise<number> {
  const store = partsOnDisk(folder, () => randomUUID())
  const { count, lost } = await checkStored(db, store)
  const waiting = await stillWaiting(db)
  if (waiting.length > 0) say(`${waiting.length} applications wait for photos that were lost, until a tablet brings them or an officer asks the citizen: ${waiting.join(', ')}`)
  if (lost.length === 0) {
    say(`All ${count} parts of photos are whole.`)
    return 0
  }
  const names = lost.map(({ name }) => name)
  const needed = await neededBy(db, names)
  for (const { name, state } of lost) say(`${state}: part ${name}, needed by ${(needed.get(name) ?? []).join(', ')}`)
  complain(`${lost.length} of ${count} parts of photos are missing or damaged; ${new Set([...needed.values()].flat()).size} applications need them.`)
  const most = isMost(lost.length, count)
  if (most && !evenIfMost) complain(`That is most of them: is the disk with ${folder} there? Nothing was changed.`)
  if (!again) {
    complain(`If an older backup has them, put the files back into ${folder} from its folder "parts". Else: npm run office -- parts --ask-again`)
    return 3
  }
  if (most && !evenIfMost) {
    complain('If the files are gone for good: npm run office -- parts --ask-again --even-if-most')
    return 1
  }
  const forgotten = await forgetParts({ db, parts: store, clock: { now: () => Date.now() } }, names)
  say(`${forgotten.parts} parts count as stored no more, and ${forgotten.applications.length} applications as complete no more. Tablets that still hold them send them again when they next ask, within an hour of being online.`)
  return 0
}

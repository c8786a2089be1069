/**
 * `import FILE… [--outcomes FILE]`: carrier files that tablets wrote, brought in without the desk and judged as there. The
 * office may run or not: what is stored is opened by the running one, or when it starts. What comes twice counts once, so
 * after any trouble the same files may be imported again.
 */
import { randomUUID } from 'node:crypto'
import { open, writeFile, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { fail, ok, type Result } from '../../../core/result.ts'
import { maxCarrierBytes } from '../../../core/sealing/limits.ts'
import type { CarrierAnswer } from '../../../core/wire/answer.ts'
import { parseConfig, type Config } from '../../config.ts'
import { makeRateLimits } from '../../http/rateLimit.ts'
import { receiveCarrier } from '../../intake/carriers.ts'
import { loadKeys } from '../../keys/loadKeys.ts'
import { makeLog } from '../../log.ts'
import type { IntakeOffice } from '../../office.ts'
import { partsOnDisk } from '../../parts/partStore.ts'
import { openDatabase } from '../../postgres/database.ts'
import { errorCode, fileFailure } from '../../postgres/startFailure.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './command.ts'
import { withOfficeDatabase } from './commandDatabase.ts'

const usage = 'import FILE... [--outcomes FILE]'

export const importCarriers: Command = {
  usage,
  does: 'Brings in files that tablets wrote, and writes the outcomes for them to take back. The office may go on running.',
  run: async (args, { environment, say, complain }) => {
    const asked = askedFor(args)
    if (asked === null) {
      complain(`npm run office -- ${usage}`)
      return 2
    }
    const config = parseConfig(environment)
    const done = config.ok ? await withOfficeDatabase(config.value, say, (url) => importAll(config.value, url, asked, say)) : config
    if (done.ok) return done.value ? 0 : 1
    complain(done.failure)
    return 1
  },
}

interface Asked {
  readonly files: readonly string[]
  readonly outcomes: string | null
}

function askedFor(args: readonly string[]): Asked | null {
  const read = readArguments(args, ['outcomes'])
  if (read === null || read.rest.length === 0 || read.named.outcomes === '') return null
  return { files: read.rest, outcomes: read.named.outcomes ?? null }
}

/** True when every line of every file was taken. */
async function importAll(config: Config, url: string, { files, outcomes }: Asked, say: (line: string) => void): Promise<Result<boolean, string>> {
  const office = await openIntake(config, url)
  if (!office.ok) return office
  try {
    const answers: CarrierAnswer[] = []
    let whole = true
    for (const file of files) {
      const read = await importOne(office.value, file)
      whole &&= read.ok && read.value.length > 0 && read.value.every((answer) => !('problem' in answer))
      say(`${basename(file)}: ${read.ok ? inWords(read.value) : read.failure}`)
      if (read.ok) answers.push(...read.value)
    }
    if (outcomes === null) return ok(whole)
    const written = await orWhy(outcomes, () => writeFile(outcomes, answers.map((answer) => `${JSON.stringify(answer)}\n`).join(''), { flag: 'wx' }))
    if (!written.ok) return written
    say(`Outcomes for the tablets: ${outcomes}`)
    return ok(whole)
  } finally {
    await office.value.db.destroy()
  }
}

/** An office that takes in and does nothing else. */
async function openIntake({ keysFolder, partsFolder, logLevel }: Config, url: string): Promise<Result<IntakeOffice, string>> {
  const keys = await loadKeys(keysFolder)
  if (!keys.ok) return keys
  const db = openDatabase(url, () => undefined)
  const epoch = await db.selectFrom('epoch').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst()
  if (epoch?.root !== keys.value.rootThumbprint) {
    await db.destroy()
    return fail('These keys belong to another office than the database: set DATABASE_URL and KEYS_DIR that belong together.')
  }
  const clock = { now: () => Date.now() }
  const rest = { parts: partsOnDisk(partsFolder, () => randomUUID()), limits: makeRateLimits(clock), log: makeLog(logLevel), nudgeOpener: () => undefined }
  return ok({ db, clock, keys: keys.value, epoch: { id: epoch.id, number: epoch.number }, ...rest })
}

async function importOne(office: IntakeOffice, file: string): Promise<Result<readonly CarrierAnswer[], string>> {
  const opened = await orWhy(file, () => open(file))
  if (!opened.ok) return opened
  const handle = opened.value
  try {
    const found = await handle.stat()
    if (!found.isFile()) return fail('is no file.')
    if (found.size > maxCarrierBytes) return fail('is larger than 50 MiB: no tablet wrote it. Nothing of it was read.')
    return ok(await receiveCarrier(office, piecesOf(handle), 'desk'))
  } finally {
    await handle.close()
  }
}

const pieceBytes = 256 * 1024

function piecesOf(handle: FileHandle): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { bytesRead, buffer } = await handle.read(new Uint8Array(pieceBytes), 0, pieceBytes)
      if (bytesRead === 0) controller.close()
      else controller.enqueue(buffer.subarray(0, bytesRead))
    },
  })
}

/** Counts for the person at the console; which line fared how stands in the outcomes. */
function inWords(answers: readonly CarrierAnswer[]): string {
  if (answers.length === 0) return 'nothing in it.'
  const [applications, photos] = [answers.filter((answer) => 'outcome' in answer), answers.filter((answer) => 'stored' in answer)]
  const bad = answers.flatMap((answer) => ('problem' in answer ? [`line ${answer.line + 1} ${answer.problem.title}`] : []))
  if (bad.length === answers.length) return `no tablet wrote it, or it was damaged (${bad[0] ?? ''}). Nothing was taken.`
  const taken = `${applications.length} applications, ${photos.length} parts of photos.`
  return bad.length === 0 ? taken : `${taken} Not taken: ${bad.slice(0, 5).join(', ')}${bad.length > 5 ? ` and ${bad.length - 5} more` : ''}.`
}

async function orWhy<T>(path: string, work: () => Promise<T>): Promise<Result<T, string>> {
  try {
    return ok(await work())
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST') return fail(`${path} is there already: name another file.`)
    if (errorCode(cause) === 'ENOENT') return fail(`${path} is not there.`)
    return fail(fileFailure(cause, path).sentence)
  }
}

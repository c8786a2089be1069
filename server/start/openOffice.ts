/**
 * Makes an office of a database and a keys folder: first-run keys, migrations, packs, accounts. The database remembers
 * which root it belongs to, so that keys and rows of two offices are never mixed, and keys are never made anew for a
 * database that was in use.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { isEpochId, uuidv7, type EpochId } from '../../core/ids.ts'
import type { Bytes } from '../../core/bytes.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { readNote } from '../backup/restoring.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import { makeAccounts } from '../desk/accounts.ts'
import { makeRateLimits, type RateLimits } from '../http/rateLimit.ts'
import { openNext, retryUnknownPacks } from '../intake/open.ts'
import { startOpener, type Opener } from '../intake/opener.ts'
import { loadKeys } from '../keys/loadKeys.ts'
import { hasKeys } from '../keys/readKeysFolder.ts'
import { makeKeys } from '../keys/makeKeys.ts'
import type { OfficeKeys } from '../keys/officeKeys.ts'
import type { Log } from '../log.ts'
import type { Office } from '../office.ts'
import { readCatalogue } from '../packs/readCatalogue.ts'
import { readCalendar, readPacks } from '../packs/readPacks.ts'
import { makeShelf, publishPacks, type ShelfPack } from '../packs/shelf.ts'
import { together } from '../packs/together.ts'
import { partsOnDisk } from '../parts/partStore.ts'
import type { Database } from '../postgres/database.ts'
import { migrate } from '../postgres/migrate.ts'
import { fileFailure } from '../postgres/startFailure.ts'

export interface OpenOptions {
  readonly config: Config
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  /** Hears sentences for the person at the console. */
  readonly say: (sentence: string) => void
  /** Told the passphrase of root and escrow once, on the first run. */
  readonly announce: (passphrase: string) => void
  readonly limits?: RateLimits
}

export interface OpenedOffice {
  readonly office: Office
  readonly opener: Opener
}

/** The office, its second step running; or a sentence. */
export async function openOffice(options: OpenOptions): Promise<Result<OpenedOffice, string>> {
  const { config, db, clock, log, say } = options
  if ((await readNote(config.dataFolder)) !== null) return fail(`A restore into ${config.dataFolder} has not come to its end: run "npm run office -- restore" again with the same backup.`)
  const migrated = await migrate(db)
  if (!migrated.ok) return fail(`The database cannot be brought to this version: ${migrated.failure}.`)
  const keys = await firstOrLaterKeys(options)
  if (!keys.ok) return keys
  const epoch = await openEpoch(db, keys.value, clock)
  if (!epoch.ok) return epoch
  const readShelf = async (): Promise<readonly ShelfPack[]> =>
    publishPacks({ db, keys: keys.value, nowMs: clock.now() }, await readPacks(config.proceduresFolder, say), say)
  const packs = makeShelf(await readShelf(), await readCalendar(config.proceduresFolder, say))
  const secure = config.publicOrigins.every((origin) => origin.startsWith('https:'))
  const accounts = makeAccounts({ db, clock }, keys.value.deskSecret, config.publicOrigins, secure)
  const office: Office = {
    config,
    clock,
    random,
    keys: keys.value,
    db,
    log,
    packs,
    catalogue: await readCatalogue(config.proceduresFolder, keys.value, say),
    parts: partsOnDisk(config.partsFolder, () => randomUUID()),
    accounts,
    limits: options.limits ?? makeRateLimits(clock),
    epoch: epoch.value,
    readPacksAgain: together(async () => packs.put(await readShelf())),
    nudgeOpener: () => opener.nudge(),
  }
  const opener = startOpener(() => openNext(office), log)
  await retryUnknownPacks(office)
  opener.nudge()
  return ok({ office, opener })
}

const random = (count: number): Bytes => new Uint8Array(randomBytes(count))

async function firstOrLaterKeys({ config, db, clock, announce }: OpenOptions): Promise<Result<OfficeKeys, string>> {
  const { keysFolder, dataFolder } = config
  try {
    if (!(await hasKeys(keysFolder))) {
      const used = await db.selectFrom('epoch').select('id').limit(1).executeTakeFirst()
      if (used !== undefined) return fail(`This database has been in use and its keys are not in ${keysFolder}: put them back from your copy, or set KEYS_DIR.`)
      const office = { name: config.officeName, unit: config.officeUnit }
      await makeKeys({ keysFolder, takeOfflineFolder: join(dataFolder, 'take-offline'), office, nowMs: clock.now(), announce })
    }
    return await loadKeys(keysFolder)
  } catch (cause) {
    if (cause instanceof Error && 'syscall' in cause) return fail(fileFailure(cause, keysFolder).sentence)
    throw cause
  }
}

async function openEpoch(db: Database, keys: OfficeKeys, clock: Clock): Promise<Result<{ id: EpochId; number: number }, string>> {
  const id = uuidv7(clock.now(), random(10))
  if (!isEpochId(id)) throw new Error('a fresh id is an epoch id')
  const exists = await db.selectFrom('epoch').select('id').limit(1).executeTakeFirst()
  if (exists === undefined) {
    const first = { id, number: 1, root: keys.rootThumbprint, since_at: clock.now() }
    await db.insertInto('epoch').values(first).onConflict((conflict) => conflict.doNothing()).execute()
  }
  const current = await db.selectFrom('epoch').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirstOrThrow()
  if (current.root !== keys.rootThumbprint) return fail('This database belongs to an office with another root key: set DATABASE_URL and KEYS_DIR that belong together.')
  return ok({ id: current.id, number: current.number })
}

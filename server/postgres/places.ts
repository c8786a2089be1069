/**
 * Where the cluster of a data folder lives. Usually inside it (`.data/postgres`). As root it lives in a folder of its
 * own that another user can enter, since PostgreSQL refuses root and nobody else can enter a 0700 home; `.data/where`
 * then names that folder. A data folder that was copied together with its `where` does not get the original's database.
 */
import { createHash } from 'node:crypto'
import { appendFile, chmod, chown, mkdir, mkdtemp, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fail, ok, type Result } from '../../core/result.ts'
import { isRoot, ownerOf } from './account.ts'
import { canEnter } from './binaries.ts'
import type { Account } from './run.ts'
import { errorCode, fileFailure, startFailure, type StartFailure } from './startFailure.ts'

export interface Places {
  /** The folder that holds everything below. */
  readonly home: string
  /** PostgreSQL's own data folder. */
  readonly cluster: string
  /** What PostgreSQL writes about itself. */
  readonly logFile: string
  /** The folder of the unix socket. */
  readonly socketFolder: string
}

/** Where the cluster of `dataFolder` lives, or undefined when none has been made yet. */
export async function whereIs(dataFolder: string): Promise<Places | undefined> {
  const places = placesIn((await namedIn(dataFolder)) ?? join(dataFolder, 'postgres'))
  return (await isThere(places.cluster)) ? places : undefined
}

/** Where the cluster lives or shall live; makes no folder. `parent` replaces /var/lib, for tests. */
export async function choosePlaces(dataFolder: string, parent: string | undefined): Promise<Result<Places, StartFailure>> {
  const named = await namedIn(dataFolder)
  if (named !== undefined && (await isThere(named))) return checkOwned(dataFolder, named)
  const inside = placesIn(join(dataFolder, 'postgres'))
  // An ordinary user's data folder, now started by root: the cluster stays where it is and runs as its owner.
  if (!isRoot() || (await isThere(inside.cluster))) return ok(inside)
  const hash = createHash('sha256').update(await realpath(dataFolder)).digest('hex').slice(0, 12)
  return ok(placesIn(join(parent ?? '/var/lib', `tiepsuc-${hash}`)))
}

/** Makes the folders, given to `as`, and writes `where` when they lie outside of the data folder. */
export async function makePlaces(dataFolder: string, wanted: Places, as: Account | undefined): Promise<Result<Places, StartFailure>> {
  let places = wanted
  try {
    if (as === undefined || wanted.home === join(dataFolder, 'postgres')) {
      await mkdir(places.home, { recursive: true, mode: 0o700 })
    } else {
      places = await makeOutside(dataFolder, wanted, as)
    }
    await mkdir(places.socketFolder, { recursive: true, mode: 0o700 })
    await appendFile(places.logFile, '', { mode: 0o600 })
    if (as !== undefined) {
      await chown(places.socketFolder, as.uid, as.gid)
      await chown(places.logFile, as.uid, as.gid)
    }
    return ok(places)
  } catch (cause) {
    return fail(fileFailure(cause, places.home))
  }
}

async function makeOutside(dataFolder: string, wanted: Places, as: Account): Promise<Places> {
  // No /var/lib that we may write to and the other user may enter: the temporary folder, under a name nobody can guess.
  const places = (await makeHome(wanted.home, as)) ? wanted : placesIn(await mkdtemp(join(tmpdir(), 'tiepsuc-')))
  // Root keeps the folder itself, so that the other user can lay no link into root's way; what is inside is 0700.
  await chmod(places.home, 0o711)
  await writeWhole(join(places.home, 'belongs-to'), await realpath(dataFolder))
  await writeWhole(join(dataFolder, 'where'), places.home)
  return places
}

/** False when the folder cannot be made there, or made but not be entered by `as`. */
async function makeHome(home: string, as: Account): Promise<boolean> {
  try {
    await mkdir(home, { recursive: true, mode: 0o700 })
    return await canEnter(dirname(home), as)
  } catch (cause) {
    if (errorCode(cause) === undefined) throw cause
    return false
  }
}

async function checkOwned(dataFolder: string, home: string): Promise<Result<Places, StartFailure>> {
  const places = placesIn(home)
  const mine = await realpath(dataFolder)
  let owner: string
  try {
    owner = (await readFile(join(home, 'belongs-to'), 'utf8')).trim()
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return ok(places)
    const uid = (await ownerOf(home))?.uid
    return fail(startFailure('belongsToAnother', `The database in ${home} belongs to user number ${uid}: start Tiếp Sức as the same user as before (root).`, String(cause)))
  }
  if (owner !== mine) {
    if ((await namedIn(owner)) === home) {
      return fail(startFailure('belongsToAnother', `${mine} is a copy of ${owner} and names the same database: remove ${join(mine, 'where')} to begin with an empty one.`))
    }
    // The folder was moved, not copied.
    await writeWhole(join(home, 'belongs-to'), mine)
  }
  return ok(places)
}

async function namedIn(dataFolder: string): Promise<string | undefined> {
  const text = await readFile(join(dataFolder, 'where'), 'utf8').catch(() => '')
  return text.trim() === '' ? undefined : text.trim()
}

function placesIn(home: string): Places {
  return { home, cluster: join(home, 'cluster'), logFile: join(home, 'log'), socketFolder: join(home, 's') }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(() => true, (cause: unknown) => errorCode(cause) === 'EACCES')
}

/** Written under another name and renamed, so that a reader sees the old or the new and never half. */
export async function writeWhole(path: string, text: string, mode = 0o600): Promise<void> {
  await writeFile(`${path}.new`, `${text}\n`, { mode, flush: true })
  await rename(`${path}.new`, path)
}

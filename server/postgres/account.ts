import { lstat } from 'node:fs/promises'
import { fail, ok, type Result } from '../../core/result.ts'
import { run, type Account } from './run.ts'
import { startFailure, type StartFailure } from './startFailure.ts'

/** Users who exist on nearly every system and own nothing that matters; PostgreSQL wants one with a name, not a bare number. */
const candidates = ['postgres', '_postgres', 'nobody']

/** True when this process is root, whom PostgreSQL refuses. */
export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/**
 * As whom PostgreSQL runs: ourselves (undefined), or, as root, the owner of the cluster that is already there, else
 * `postgres`, else `nobody`.
 */
export async function accountFor(cluster: string): Promise<Result<Account | undefined, StartFailure>> {
  if (!isRoot()) return ok(undefined)
  const owner = await ownerOf(cluster)
  if (owner !== undefined && owner.uid !== 0) return ok(owner)
  for (const name of candidates) {
    const uid = await idOf('-u', name)
    const gid = await idOf('-g', name)
    if (uid !== undefined && gid !== undefined && uid !== 0) return ok({ uid, gid })
  }
  return fail(startFailure('noAccount', 'PostgreSQL does not run as root and this system has neither a user "postgres" nor "nobody": start Tiếp Sức as an ordinary user.'))
}

async function idOf(flag: '-u' | '-g', name: string): Promise<number | undefined> {
  const { code, said } = await run('id', [flag, name], undefined)
  return code === 0 && /^\d+$/.test(said) ? Number(said) : undefined
}

/** Who owns `path`, or undefined when nothing is there or it is not ours to see. */
export async function ownerOf(path: string): Promise<Account | undefined> {
  const found = await lstat(path).catch(() => undefined)
  return found === undefined ? undefined : { uid: found.uid, gid: found.gid }
}

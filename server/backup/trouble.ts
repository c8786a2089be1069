/** Trouble with a backup that a person must hear about: one whole, plain sentence. Thrown inside, a Result outside. */
import { fail, ok, type Result } from '../../core/result.ts'
import { errorCode, fileFailure } from '../postgres/startFailure.ts'
import { troubleOf } from '../postgres/trouble.ts'

export class BackupTrouble extends Error {
  override readonly name = 'BackupTrouble'
}

/** Runs `work`; trouble, a file system that refuses `path` and a database that goes away become a sentence. */
export async function inWords<T>(path: string, work: () => Promise<T>): Promise<Result<T, string>> {
  try {
    return ok(await work())
  } catch (cause) {
    if (cause instanceof BackupTrouble) return fail(cause.message)
    if (cause instanceof Error && 'syscall' in cause && 'path' in cause) return fail(fileFailure(cause, String(cause.path)).sentence)
    if (errorCode(cause) === 'ENOSPC') return fail(fileFailure(cause, path).sentence)
    if (troubleOf(cause) !== null) return fail(`The database does not answer (${errorCode(cause) ?? 'connection lost'}): look at it and try again.`)
    throw cause
  }
}

/** What an error of the database means for the one who asked: come back later, or a bug of ours. */
import { failure, type Failure } from '../../core/failures.ts'
import { errorCode } from './startFailure.ts'

const retryAfterMs = 5_000

/** Connection refused or lost, no such database or password, starting up, shutting down, too many clients, a timeout, a lock not got, a deadlock. */
const away = /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ENOENT|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|08...|28...|3D000|57P0[1-5]|57014|53[34]00|55P03|40001|40P01|25P0[34])$/

/** Words of pg and kysely for a connection that is gone, which carry no code. */
const awayWords = /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Cannot use a pool after calling end|driver has already been destroyed|Client was closed)/

/** `unavailable` or `officeFull` for trouble that passes, or null for an error that is a bug. */
export function troubleOf(cause: unknown): Failure<'unavailable' | 'officeFull'> | null {
  if (!(cause instanceof Error)) return null
  const code = errorCode(cause)
  if (code === '53100' || code === 'ENOSPC' || code === 'EDQUOT') return { ...failure('officeFull'), retryAfterMs: 60_000 }
  if (code !== undefined && away.test(code)) return { ...failure('unavailable', 'database'), retryAfterMs }
  if (awayWords.test(cause.message)) return { ...failure('unavailable', 'database'), retryAfterMs }
  if (cause instanceof AggregateError) return cause.errors.map(troubleOf).find((trouble) => trouble !== null) ?? null
  return null
}

/** True for a unique or foreign key that a race has taken. */
export function isTaken(cause: unknown): boolean {
  return errorCode(cause) === '23505'
}

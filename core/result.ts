/** The answer of anything that can fail in an expected way. Failures are values; exceptions are bugs. */
export type Result<T, F> = Ok<T> | Fail<F>

export interface Ok<T> {
  readonly ok: true
  readonly value: T
}

export interface Fail<F> {
  readonly ok: false
  readonly failure: F
}

/** A success that carries `value`. */
export function ok(): Ok<undefined>
export function ok<T>(value: T): Ok<T>
export function ok<T>(value?: T): Ok<T | undefined> {
  return { ok: true, value }
}

/** An expected failure. */
export function fail<F>(failure: F): Fail<F> {
  return { ok: false, failure }
}

/** Marks a branch that the types say cannot be reached; reaching it is a bug. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}

/**
 * The office's log: one JSON line an event, on standard error. It cannot hold a citizen's words: a line has a message of
 * the list below and fields of the closed set below, both checked by the compiler and picked again when it is written. No
 * body, no query string, no header, no address and no error message ever reaches it; an error is its name, code and frames.
 */
import { pino, type DestinationStream } from 'pino'
import type { LogLevel } from './config.ts'

export type LogMessage =
  | 'answered'
  | 'broken'
  | 'carrier read'
  | 'database away'
  | 'database back'
  | 'opening failed'
  | 'pack broken'
  | 'pack changed'
  | 'pack published'
  | 'started'
  | 'stopping'
  | 'stopped'

/** All that a line may say. Texts are ids, rule names and codes; longer ones are cut. */
export interface LogFields {
  readonly method?: string
  /** The pattern of the route (`/api/v1/envelopes/:id`), never the address that was asked for. */
  readonly route?: string
  readonly status?: number
  readonly durationMs?: number
  readonly kind?: string
  readonly device?: string
  readonly caseId?: string
  readonly pack?: string
  readonly count?: number
  readonly port?: number
  readonly error?: string
  readonly code?: string
  readonly frames?: string
}

const fieldNames = ['method', 'route', 'status', 'durationMs', 'kind', 'device', 'caseId', 'pack', 'count', 'port', 'error', 'code', 'frames'] as const satisfies readonly (keyof LogFields)[]

export interface Log {
  readonly debug: (message: LogMessage, fields?: LogFields) => void
  readonly info: (message: LogMessage, fields?: LogFields) => void
  readonly warn: (message: LogMessage, fields?: LogFields) => void
  readonly error: (message: LogMessage, fields?: LogFields) => void
}

/** A log that writes to `destination`, by default standard error. */
export function makeLog(level: LogLevel, destination: DestinationStream = pino.destination(2)): Log {
  const logger = pino({ level, base: null, serializers: {}, timestamp: pino.stdTimeFunctions.isoTime }, destination)
  return {
    debug: (message, fields) => logger.debug(pick(fields), message),
    info: (message, fields) => logger.info(pick(fields), message),
    warn: (message, fields) => logger.warn(pick(fields), message),
    error: (message, fields) => logger.error(pick(fields), message),
  }
}

/** What may be said of a thrown error: never its message, which may quote a row or a request. */
export function errorFields(cause: unknown): LogFields {
  if (!(cause instanceof Error)) return { error: typeof cause }
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line))
  const code = 'code' in cause && typeof cause.code === 'string' ? { code: cause.code } : {}
  return { error: cause.name, frames: frames.slice(0, 6).map((line) => line.trim()).join(' | '), ...code }
}

function pick(fields: LogFields | undefined): Record<string, string | number> {
  const picked: Record<string, string | number> = {}
  for (const name of fieldNames) {
    const value = fields?.[name]
    if (typeof value === 'number') picked[name] = value
    if (typeof value === 'string') picked[name] = value.slice(0, name === 'frames' ? 1000 : 200)
  }
  return picked
}

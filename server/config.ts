/**
 * The office's settings, read once from the environment. Anything wrong is one sentence for the person at the console.
 */
import { join, resolve } from 'node:path'
import * as v from 'valibot'
import type { Counter } from '../core/procedure/counter.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { counterOf, counterSettings } from './counterSettings.ts'

export interface Config {
  readonly port: number
  /** Undefined: the office runs a PostgreSQL of its own in `dataFolder`. */
  readonly databaseUrl: string | undefined
  readonly dataFolder: string
  readonly keysFolder: string
  readonly partsFolder: string
  /** Folder of the built tablet and desk. */
  readonly webFolder: string
  readonly proceduresFolder: string
  /** Addresses under which people reach this office; the first one stands in links. */
  readonly publicOrigins: readonly [string, ...string[]]
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined
  /** How many proxies of ours stand before the office: 0 means the socket's address is the client's. */
  readonly trustedProxies: number
  readonly logLevel: LogLevel
  readonly officeName: string
  /** Code of the office's administrative unit, such as "19753" for Phú Xuân. */
  readonly officeUnit: string
  /** What slips say of the counter, and the account for fees; empty when nothing is set. */
  readonly counter: Counter
  readonly demo: boolean
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

const wholeNumber = (name: string, max: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,5}$/, `${name} must be a whole number from 0 to ${max}`), v.transform(Number), v.maxValue(max, `${name} must be at most ${max}`))

const environmentShape = v.object({
  PORT: v.optional(wholeNumber('PORT', 65_535), '8080'),
  DATABASE_URL: v.optional(v.string()),
  DATA_DIR: v.optional(v.string(), '.data'),
  KEYS_DIR: v.optional(v.string()),
  WEB_DIR: v.optional(v.string(), 'dist/web'),
  PROCEDURES_DIR: v.optional(v.string(), 'procedures'),
  PUBLIC_ORIGINS: v.optional(v.string()),
  TLS_CERT: v.optional(v.string()),
  TLS_KEY: v.optional(v.string()),
  TRUST_PROXY: v.optional(wholeNumber('TRUST_PROXY', 10), '0'),
  LOG_LEVEL: v.optional(v.picklist(logLevels, `LOG_LEVEL must be one of ${logLevels.join(', ')}`), 'info'),
  OFFICE_NAME: v.optional(v.string(), 'Ủy ban nhân dân phường Phú Xuân, thành phố Huế'),
  OFFICE_UNIT: v.optional(v.string(), '19753'),
  ...counterSettings,
})

type Environment = v.InferOutput<typeof environmentShape>

/** The settings in an environment, or the sentence that says which one is wrong. Empty settings count as absent. */
export function parseConfig(
  environment: Readonly<Record<string, string | undefined>>,
  flags: readonly string[] = [],
): Result<Config, string> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, text]) => text !== undefined && text.trim() !== ''))
  const parsed = v.safeParse(environmentShape, given)
  if (!parsed.success) return fail(`${parsed.issues[0].message}.`)
  const settings = parsed.output
  if (settings.DATABASE_URL !== undefined && !/^postgres(ql)?:\/\//.test(settings.DATABASE_URL)) {
    return fail('DATABASE_URL must begin with postgres:// or postgresql://.')
  }
  const { TLS_CERT: certFile, TLS_KEY: keyFile } = settings
  if ((certFile === undefined) !== (keyFile === undefined)) return fail('TLS_CERT and TLS_KEY must be set together.')
  const tls = certFile === undefined || keyFile === undefined ? undefined : { certFile, keyFile }
  const origins = originsOf(settings, tls !== undefined)
  if (!origins.ok) return origins
  const counter = counterOf(settings)
  if (!counter.ok) return counter
  const unknown = flags.find((flag) => flag !== '--demo')
  if (unknown !== undefined) return fail(`The office does not know the flag ${unknown}; it knows --demo.`)
  return ok({ ...configOf(settings, tls, origins.value, flags.includes('--demo')), counter: counter.value })
}

function configOf(settings: Environment, tls: Config['tls'], publicOrigins: Config['publicOrigins'], demo: boolean): Omit<Config, 'counter'> {
  const dataFolder = resolve(settings.DATA_DIR)
  return {
    port: settings.PORT,
    databaseUrl: settings.DATABASE_URL,
    dataFolder,
    keysFolder: settings.KEYS_DIR === undefined ? join(dataFolder, 'keys') : resolve(settings.KEYS_DIR),
    partsFolder: join(dataFolder, 'parts'),
    webFolder: resolve(settings.WEB_DIR),
    proceduresFolder: resolve(settings.PROCEDURES_DIR),
    publicOrigins,
    tls,
    trustedProxies: settings.TRUST_PROXY,
    logLevel: settings.LOG_LEVEL,
    officeName: settings.OFFICE_NAME,
    officeUnit: settings.OFFICE_UNIT,
    demo,
  }
}

function originsOf(settings: Environment, secure: boolean): Result<Config['publicOrigins'], string> {
  const own = `${secure ? 'https' : 'http'}://localhost:${settings.PORT}`
  const [first = own, ...others] = (settings.PUBLIC_ORIGINS ?? '').split(/[\s,]+/).filter((text) => text !== '')
  for (const origin of [first, ...others]) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      return fail(`PUBLIC_ORIGINS must hold addresses such as https://tiepsuc.example without a path; "${origin}" is none.`)
    }
  }
  return ok([first, ...others])
}

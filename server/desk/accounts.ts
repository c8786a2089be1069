/**
 * Officers' accounts by better-auth, used as a library: none of its routes are mounted. Passwords are hashed with scrypt;
 * a session cookie is signed with a key that is not in the database, is HttpOnly and SameSite=Strict and goes to /desk
 * alone. There is no default password: every officer comes through a one-time link. A disabled officer has no session: the
 * end of the old ones is in people/officers, and none is made or honoured here.
 */
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { username } from 'better-auth/plugins/username'
import { usernameShape } from '../../core/wire/desk.ts'
import { failure, type Failure } from '../../core/failures.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Database } from '../postgres/database.ts'
import type { Clock } from '../clock.ts'
import { isTaken } from '../postgres/trouble.ts'

export interface Officer {
  readonly id: string
  readonly name: string
  readonly username: string
}

export interface SignedIn {
  readonly officer: Officer
  /** Set-Cookie lines. */
  readonly cookies: readonly string[]
}

export interface Accounts {
  /** Makes an account; `conflict` when the user name is taken. */
  readonly create: (officer: { name: string; username: string; password: string }) => Promise<Result<undefined, Failure<'conflict'>>>
  /** Null for a wrong name or password and for a disabled officer, at equal cost. */
  readonly signIn: (username: string, password: string) => Promise<SignedIn | null>
  readonly signOut: (headers: Headers) => Promise<readonly string[]>
  readonly officerOf: (headers: Headers) => Promise<Officer | null>
  readonly exist: () => Promise<boolean>
}

const shiftSeconds = 12 * 3600

/** Accounts on the office's own database. `secure` when the office is reached over HTTPS. */
export function makeAccounts({ db, clock }: { db: Database; clock: Clock }, secret: string, origins: readonly string[], secure: boolean): Accounts {
  const auth = makeAuth(db, secret, origins, secure)
  return {
    create: async ({ name, username: login, password }) => {
      try {
        await auth.api.signUpEmail({ body: { name, email: `${login}@desk.invalid`, username: login, password } })
        return ok(undefined)
      } catch (cause) {
        if (isRefusal(cause) || isTaken(cause)) return fail(failure('conflict', 'username'))
        throw cause
      }
    },
    signIn: async (login, password) => {
      if (!usernameShape.test(login)) return null
      try {
        const { headers } = await auth.api.signInUsername({ body: { username: login, password }, returnHeaders: true })
        const officer = await greet(db, login, clock.now())
        return officer === null ? null : { officer, cookies: headers.getSetCookie() }
      } catch (cause) {
        if (isRefusal(cause)) return null
        throw cause
      }
    },
    signOut: async (headers) => (await auth.api.signOut({ headers, returnHeaders: true })).headers.getSetCookie(),
    officerOf: async (headers) => {
      if (!headers.has('cookie')) return null
      const session = await auth.api.getSession({ headers })
      if (session === null) return null
      const officer = await db.selectFrom('officers').select(['id', 'name', 'username']).where('id', '=', session.user.id).where('disabled_at', 'is', null).executeTakeFirst()
      return officer === undefined ? null : { ...officer, username: officer.username ?? '' }
    },
    exist: async () => (await db.selectFrom('officers').select('id').limit(1).executeTakeFirst()) !== undefined,
  }
}

/** Notes that an officer came; null, and the session just made is gone, when that officer is disabled. */
async function greet(db: Database, login: string, nowMs: number): Promise<Officer | null> {
  const officer = await db
    .updateTable('officers')
    .set({ last_signed_in_at: nowMs })
    .where('username', '=', login)
    .where('disabled_at', 'is', null)
    .returning(['id', 'name'])
    .executeTakeFirst()
  if (officer !== undefined) return { ...officer, username: login }
  await db
    .deleteFrom('officer_sessions')
    .where('userId', 'in', (is) => is.selectFrom('officers').select('id').where('username', '=', login))
    .execute()
  return null
}

function makeAuth(db: Database, secret: string, origins: readonly string[], secure: boolean) {
  return betterAuth({
    appName: 'Tiếp Sức',
    ...(origins[0] === undefined ? {} : { baseURL: origins[0] }),
    basePath: '/desk/api/auth',
    trustedOrigins: [...origins],
    secret,
    database: { db, type: 'postgres', transaction: true },
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: { enabled: true, autoSignIn: false, minPasswordLength: 12, maxPasswordLength: 200 },
    plugins: [username({ usernameValidator: (login) => usernameShape.test(login) })],
    user: { modelName: 'officers' },
    session: { modelName: 'officer_sessions', expiresIn: shiftSeconds, updateAge: 600 },
    account: { modelName: 'officer_accounts' },
    verification: { modelName: 'officer_verifications' },
    rateLimit: { enabled: false }, // http/rateLimit counts refused sign-ins, too
    advanced: {
      cookiePrefix: 'tiepsuc',
      useSecureCookies: secure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/desk' },
    },
  })
}

/** better-auth's own no: a wrong password, a taken name, a session that is over. Its 5xx are ours to throw on. */
function isRefusal(cause: unknown): boolean {
  return cause instanceof APIError && cause.statusCode < 500
}

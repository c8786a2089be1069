/**
 * Officers' accounts by better-auth, used as a library: none of its routes are mounted. Passwords are hashed with scrypt;
 * a session cookie is signed with a key that is not in the database, is HttpOnly and SameSite=Strict and goes to /desk
 * alone. There is no default password: the first officer comes through the one-time link.
 */
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { username } from 'better-auth/plugins/username'
import { failure, type Failure } from '../../core/failures.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Database } from '../postgres/database.ts'
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
  /** Null for a wrong name or password, at equal cost. */
  readonly signIn: (username: string, password: string) => Promise<SignedIn | null>
  readonly signOut: (headers: Headers) => Promise<readonly string[]>
  readonly officerOf: (headers: Headers) => Promise<Officer | null>
  readonly exist: () => Promise<boolean>
}

export const usernameShape = /^[a-z0-9._-]{3,30}$/
const shiftSeconds = 12 * 3600

/** Accounts on the office's own database. `secure` when the office is reached over HTTPS. */
export function makeAccounts(db: Database, secret: string, origins: readonly string[], secure: boolean): Accounts {
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
        const officer = await db.selectFrom('officers').select(['id', 'name', 'username']).where('username', '=', login).executeTakeFirstOrThrow()
        return { officer: { id: officer.id, name: officer.name, username: officer.username ?? login }, cookies: headers.getSetCookie() }
      } catch (cause) {
        if (isRefusal(cause)) return null
        throw cause
      }
    },
    signOut: async (headers) => (await auth.api.signOut({ headers, returnHeaders: true })).headers.getSetCookie(),
    officerOf: async (headers) => {
      if (!headers.has('cookie')) return null
      const session = await auth.api.getSession({ headers })
      return session === null ? null : { id: session.user.id, name: session.user.name, username: session.user.username ?? '' }
    },
    exist: async () => (await db.selectFrom('officers').select('id').limit(1).executeTakeFirst()) !== undefined,
  }
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

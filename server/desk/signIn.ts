/** Signing in and out, and making one's account with a one-time link: the first officer's, or an invitation. */
import type { Context } from 'hono'
import { deskBase, firstOfficerRequestShape, meShape, signInRequestShape } from '../../core/wire/desk.ts'
import { failure, type Failure } from '../../core/failures.ts'
import { tidyText } from '../../core/identity/names.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { AddRoute, OfficeEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json, readJson } from '../http/json.ts'
import { problem } from '../http/problem.ts'
import type { Office } from '../office.ts'
import { claimTicket, spendTicket, type ClaimFailure } from '../people/tickets.ts'
import type { SignedIn } from './accounts.ts'
import { officerOnly } from './officerOnly.ts'

/** POST /first: whoever holds the one-time link or code becomes an officer; of parallel claims one wins. */
export const postFirst: AddRoute = (app, office) => {
  app.post(
    `${deskBase}/first`,
    describe({
      tag: 'desk',
      summary: 'Become an officer',
      detail: 'With the ticket of the link that the office prints at its first start, or of an invitation.',
      takes: { type: 'application/json', shape: firstOfficerRequestShape },
      answers: { 201: { what: 'signed in', shape: meShape } },
      refusals: ['malformed', 'forbidden', 'ticketInvalid', 'ticketSpent', 'conflict'],
    }),
    async (context) => {
      const waitMs = office.limits.look('guess', context.var.address)
      if (waitMs !== null) return problem(context, { kind: 'busy', retryAfterMs: waitMs })
      const request = await readJson(context.req.raw, firstOfficerRequestShape)
      if (!request.ok) return problem(context, request.failure)
      const name = tidyText(request.value.name)
      if (name === '') return problem(context, failure('malformed', 'name'))
      const made = await makeFirst(office, { ...request.value, name })
      if (!made.ok) {
        office.limits.take('guess', context.var.address)
        return problem(context, made.failure)
      }
      const signed = await office.accounts.signIn(request.value.username, request.value.password)
      return signed === null ? problem(context, failure('notSignedIn')) : welcome(context, signed, 201)
    },
  )
}

async function makeFirst(
  office: Office,
  { ticket, name, username, password }: { ticket: string; name: string; username: string; password: string },
): Promise<Result<undefined, ClaimFailure | Failure<'conflict'>>> {
  const claimed = await office.db.transaction().execute(async (tx): Promise<Result<string, ClaimFailure>> => {
    const claim = await claimTicket(tx, office, 'officer', ticket)
    if (!claim.ok) return claim
    if (claim.value.spentBy !== null) return fail(failure('ticketSpent', 'used'))
    await spendTicket(tx, claim.value.hash, null, office.clock.now())
    return ok(claim.value.hash)
  })
  if (!claimed.ok) return claimed
  const giveBack = () => office.db.updateTable('tickets').set({ spent_at: null }).where('hash', '=', claimed.value).execute()
  try {
    const made = await office.accounts.create({ name, username, password })
    if (!made.ok) await giveBack()
    return made
  } catch (cause) {
    await giveBack()
    throw cause
  }
}

/** POST /sign-in. Refusals are counted for the address and for the name. */
export const postSignIn: AddRoute = (app, office) => {
  app.post(
    `${deskBase}/sign-in`,
    describe({
      tag: 'desk',
      summary: 'Sign in',
      takes: { type: 'application/json', shape: signInRequestShape },
      answers: { 200: { what: 'signed in', shape: meShape } },
      refusals: ['malformed', 'forbidden', 'notSignedIn'],
    }),
    async (context) => {
      const request = await readJson(context.req.raw, signInRequestShape)
      if (!request.ok) return problem(context, request.failure)
      const { username, password } = request.value
      const account = username.slice(0, 30).toLowerCase()
      const { limits } = office
      // Taken before the password is checked, so that parallel guesses count; given back to whoever was right.
      const waitMs = limits.take('guess', context.var.address) ?? limits.take('account', account)
      if (waitMs !== null) return problem(context, { kind: 'busy', retryAfterMs: waitMs })
      const signed = await office.accounts.signIn(username, password)
      if (signed === null) return problem(context, failure('notSignedIn', 'password'))
      limits.giveBack('guess', context.var.address)
      limits.giveBack('account', account)
      return welcome(context, signed, 200)
    },
  )
}

/** POST /sign-out. */
export const postSignOut: AddRoute = (app, office) => {
  app.post(
    `${deskBase}/sign-out`,
    describe({ tag: 'desk', summary: 'Sign out', answers: { 204: { what: 'the session is over' } }, refusals: ['forbidden', 'notSignedIn'] }),
    officerOnly(office),
    async (context) => {
      for (const cookie of await office.accounts.signOut(context.req.raw.headers)) context.header('Set-Cookie', cookie, { append: true })
      return context.body(null, 204)
    },
  )
}

/** GET /me. */
export const getMe: AddRoute = (app, office) => {
  app.get(
    `${deskBase}/me`,
    describe({ tag: 'desk', summary: 'Who is signed in', answers: { 200: { what: 'the officer', shape: meShape } }, refusals: ['notSignedIn'] }),
    officerOnly(office),
    (context) => json(context, { name: context.var.officer.name, username: context.var.officer.username }),
  )
}

function welcome(context: Context<OfficeEnv>, { officer, cookies }: SignedIn, status: 200 | 201): Response {
  for (const cookie of cookies) context.header('Set-Cookie', cookie, { append: true })
  return json(context, { name: officer.name, username: officer.username }, status)
}

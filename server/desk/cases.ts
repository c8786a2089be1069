/** One case and the officer's decisions about it. Each decision is one route, one event, and answers with the case. */
import type { Context } from 'hono'
import type * as v from 'valibot'
import { failure, type Failure } from '../../core/failures.ts'
import { isApplicationId } from '../../core/ids.ts'
import { readOfficialCode } from '../../core/identity/officialCode.ts'
import { isDay, localMoment } from '../../core/procedure/dates.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { acceptRequestShape, caseShape, deskBase, refuseRequestShape, releaseRequestShape, supplementRequestShape } from '../../core/wire/desk.ts'
import { readCaseFile } from '../cases/caseFile.ts'
import { decide, type Decision } from '../cases/decide.ts'
import type { AddRoute, OfficeEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json, readJson } from '../http/json.ts'
import { problem } from '../http/problem.ts'
import { openAgain, retryUnknownPacks } from '../intake/open.ts'
import type { Office } from '../office.ts'
import { officerOnly } from './officerOnly.ts'

/** GET /cases/{id}. */
export const getCase: AddRoute = (app, office) => {
  app.get(
    `${deskBase}/cases/:id`,
    describe({ tag: 'desk', summary: 'One case', answers: { 200: { what: 'the case, opened for this answer', shape: caseShape } }, refusals: ['notSignedIn', 'notFound'] }),
    officerOnly(office),
    (context) => answerCase(context, office, context.req.param('id')),
  )
}

/** POST /cases/{id}/accept: the official code that the receiving system gave, checked by its pattern, and the result date. */
export const postAccept = decisionRoute('accept', 'Accept', acceptRequestShape, ({ code, resultOn, sameCodeConfirmed = false }, today) => {
  const read = readOfficialCode(code, today)
  if (!read.ok) return fail(failure('answersInvalid', `code.${read.failure.rule}`))
  if (!isDay(resultOn) || resultOn < today) return fail(failure('answersInvalid', 'resultOn.past'))
  return ok({ kind: 'accepted', code: read.value, resultOn, sameCodeConfirmed })
})

/** POST /cases/{id}/supplement. */
export const postSupplement = decisionRoute('supplement', 'Ask for a supplement', supplementRequestShape, ({ message, papers }) =>
  ok({ kind: 'supplementAsked', message, papers }),
)

/** POST /cases/{id}/refuse. */
export const postRefuse = decisionRoute('refuse', 'Refuse, with the reason', refuseRequestShape, ({ message }) => ok({ kind: 'refused', message }))

/** POST /cases/{id}/release. */
export const postRelease = decisionRoute('release', 'Take out of quarantine', releaseRequestShape, ({ note }) => ok({ kind: 'released', note }))

/**
 * POST /cases/{id}/open: looks again for packs and opens a case that waits for one, instead of at the next start. Appends
 * only what opening finds; a case that still cannot be opened is answered as it is.
 */
export const postOpen: AddRoute = (app, office) => {
  app.post(
    `${deskBase}/cases/:id/open`,
    describe({ tag: 'desk', summary: 'Open once more', answers: { 200: { what: 'the case as it is now', shape: caseShape } }, refusals: ['notSignedIn', 'forbidden', 'notFound'] }),
    officerOnly(office),
    async (context) => {
      const id = context.req.param('id')
      if (!isApplicationId(id)) return problem(context, failure('notFound'))
      await office.readPacksAgain()
      await openAgain(office, id)
      // What waits for the same pack need not wait for the next start either.
      await retryUnknownPacks(office)
      office.nudgeOpener()
      return answerCase(context, office, id)
    },
  )
}

function decisionRoute<S extends v.GenericSchema<unknown, { asOf: number }>>(
  verb: string,
  summary: string,
  shape: S,
  read: (request: v.InferOutput<S>, today: string) => Result<Decision, Failure<'answersInvalid'>>,
): AddRoute {
  return (app, office) => {
    app.post(
      `${deskBase}/cases/:id/${verb}`,
      describe({
        tag: 'desk',
        summary,
        takes: { type: 'application/json', shape },
        answers: { 200: { what: 'the case as it is now', shape: caseShape } },
        refusals: ['malformed', 'notSignedIn', 'forbidden', 'notFound', 'conflict', 'codeTaken', 'answersInvalid'],
      }),
      officerOnly(office),
      async (context) => {
        const id = context.req.param('id')
        if (!isApplicationId(id)) return problem(context, failure('notFound'))
        const request = await readJson(context.req.raw, shape)
        if (!request.ok) return problem(context, request.failure)
        const decision = read(request.value, localMoment(office.clock.now()).date)
        if (!decision.ok) return problem(context, decision.failure)
        const decided = await decide(office, id, { by: context.var.officer.username, asOf: request.value.asOf }, decision.value)
        return decided.ok ? answerCase(context, office, id) : problem(context, decided.failure)
      },
    )
  }
}

async function answerCase(context: Context<OfficeEnv>, office: Office, id: string): Promise<Response> {
  const file = isApplicationId(id) ? await readCaseFile(office, id) : null
  return file === null ? problem(context, failure('notFound')) : json(context, file)
}

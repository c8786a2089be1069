/**
 * The desk's only road to the office. Every answer is unknown until a shape of core/wire/desk.ts has accepted it; what no
 * shape accepts (a portal's page, an older office) is `captivePortal`, never shown. Nothing that comes back is kept: these
 * bodies hold citizens' words. A 401 is told once through `onSignedOut`, so that no page has to think of it.
 */
import * as v from 'valibot'
import { failure, type Failure, type FailureKind } from '../core/failures.ts'
import type { ApplicationId, DeviceId, VolunteerId } from '../core/ids.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { carrierType } from '../core/wire/carrier.ts'
import * as wire from '../core/wire/desk.ts'
import { kindOfProblem } from '../core/wire/problem.ts'

export type Answer<T> = Promise<Result<T, Failure>>
export type ListName = 'open' | 'quarantine' | 'decided'
export type Me = v.InferOutput<typeof wire.meShape>
export type Office = v.InferOutput<typeof wire.officeShape>
export type Device = v.InferOutput<typeof wire.devicesShape>['devices'][number]
export type Volunteer = v.InferOutput<typeof wire.volunteersShape>['volunteers'][number]
export type Officer = v.InferOutput<typeof wire.officersShape>['officers'][number]
export type Ticket = v.InferOutput<typeof wire.ticketShape>
export type Acceptance = Omit<v.InferOutput<typeof wire.acceptRequestShape>, 'asOf'>
export type SupplementRequest = Omit<v.InferOutput<typeof wire.supplementRequestShape>, 'asOf'>

const waitMs = 20_000
/** A carrier may be 50 MiB on a slow line. */
const importWaitMs = 600_000

interface Asking {
  readonly method?: 'GET' | 'POST'
  readonly body?: unknown
  readonly file?: Blob
}

/** Questions that a 401 answers: it means "nobody" or "wrong", not that a session has ended. */
const asksWho = (path: string): boolean => ['/me', '/sign-in', '/sign-out', '/first'].includes(path)

function kindOfStatus(status: number): FailureKind {
  if (status === 401) return 'notSignedIn'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'notFound'
  if (status === 409) return 'conflict'
  if (status === 413) return 'tooLarge'
  if (status === 429) return 'busy'
  return status >= 500 ? 'officeDown' : 'captivePortal'
}

async function jsonOf(answer: Response): Promise<unknown> {
  const text = await answer.text()
  try {
    return text === '' ? null : JSON.parse(text)
  } catch (error) {
    // Not JSON is an answer of something that is not our office; the shape refuses it.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function requestOf({ method = 'GET', body, file }: Asking): RequestInit {
  const content = file ?? (body === undefined ? undefined : JSON.stringify(body))
  return {
    method,
    headers: {
      accept: 'application/json, application/problem+json',
      ...(content === undefined ? {} : { 'content-type': file ? carrierType : 'application/json' }),
    },
    ...(content === undefined ? {} : { body: content }),
    credentials: 'same-origin',
    cache: 'no-store',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(file ? importWaitMs : waitMs),
  }
}

/** The failure of a request that got no answer. `fetch` throws TypeError for every such trouble of the road. */
function noAnswer(error: unknown): Failure {
  return failure(error instanceof DOMException && error.name === 'TimeoutError' ? 'timeout' : 'offline')
}

/** One request and its answer, judged as far as status and problem go. */
type AnswerOf = (path: string, asking: Asking) => Promise<Result<Response, Failure>>

function openRoad(send: typeof fetch, onSignedOut: () => void): AnswerOf {
  return async (path, asking) => {
    let answer: Response
    try {
      answer = await send(`${wire.deskBase}${path}`, requestOf(asking))
    } catch (error) {
      return fail(noAnswer(error))
    }
    if (answer.ok) return ok(answer)
    const kind = kindOfProblem(await jsonOf(answer)) ?? kindOfStatus(answer.status)
    if (kind === 'notSignedIn' && !asksWho(path)) onSignedOut()
    return fail(failure(kind))
  }
}

/** The desk's requests over `send`; `onSignedOut` hears when the office no longer knows this officer. */
export function openDeskApi(send: typeof fetch, onSignedOut: () => void) {
  const answerOf = openRoad(send, onSignedOut)
  async function ask<T>(shape: v.GenericSchema<unknown, T>, path: string, asking: Asking = {}): Answer<T> {
    const answer = await answerOf(path, asking)
    if (!answer.ok) return answer
    const parsed = v.safeParse(shape, await jsonOf(answer.value))
    return parsed.success ? ok(parsed.output) : fail(failure('captivePortal', 'foreign answer'))
  }

  const post = <T>(shape: v.GenericSchema<unknown, T>, path: string, body: unknown = {}): Answer<T> =>
    ask(shape, path, { method: 'POST', body })
  const onCase = (id: ApplicationId, act: string, body: unknown): Answer<wire.CaseFile> =>
    post(wire.caseShape, `/cases/${id}/${act}`, body)

  return {
    me: () => ask(wire.meShape, '/me'),
    signIn: (username: string, password: string) => post(wire.meShape, '/sign-in', { username, password }),
    // Nothing at all is the answer; a portal's page is none.
    signOut: () => post(v.null(), '/sign-out'),
    firstOfficer: (request: v.InferInput<typeof wire.firstOfficerRequestShape>) => post(wire.meShape, '/first', request),

    office: () => ask(wire.officeShape, '/office'),
    sayReviewed: () => post(wire.officeShape, '/office/reviewed'),
    inbox: (list: ListName, after: string | null) =>
      ask(wire.inboxShape, `/inbox?list=${list}${after === null ? '' : `&after=${encodeURIComponent(after)}`}`),
    search: (q: string) => post(wire.searchShape, '/search', { q }),

    caseFile: (id: ApplicationId) => ask(wire.caseShape, `/cases/${id}`),
    openAgain: (id: ApplicationId) => onCase(id, 'open', {}),
    // Decisions: `asOf` is the newest event that the page has shown.
    accept: (id: ApplicationId, asOf: number, request: Acceptance) => onCase(id, 'accept', { asOf, ...request }),
    askSupplement: (id: ApplicationId, asOf: number, request: SupplementRequest) => onCase(id, 'supplement', { asOf, ...request }),
    refuse: (id: ApplicationId, asOf: number, message: string) => onCase(id, 'refuse', { asOf, message }),
    release: (id: ApplicationId, asOf: number, note: string) => onCase(id, 'release', { asOf, note }),

    devices: () => ask(wire.devicesShape, '/devices'),
    confirmDevice: (device: DeviceId) => post(v.unknown(), `/devices/${device}/confirm`),
    revokeDevice: (device: DeviceId) => post(v.unknown(), `/devices/${device}/revoke`),
    reinstateDevice: (device: DeviceId) => post(v.unknown(), `/devices/${device}/reinstate`),
    newTicket: () => post(wire.ticketShape, '/enrolments'),

    volunteers: () => ask(wire.volunteersShape, '/volunteers'),
    addVolunteer: (name: string) => post(v.unknown(), '/volunteers', { name }),
    newBadgeCode: (id: VolunteerId) => post(wire.badgeCodeShape, `/volunteers/${id}/code`),
    revokeVolunteer: (id: VolunteerId) => post(v.unknown(), `/volunteers/${id}/revoke`),

    officers: () => ask(wire.officersShape, '/officers'),
    inviteOfficer: () => post(wire.ticketShape, '/officers'),
    disableOfficer: (username: string) => post(wire.officersShape, `/officers/${encodeURIComponent(username)}/disable`),

    /** Sends a carrier file; the answer is the outcomes file, one line a line. */
    async importCarrier(file: Blob): Answer<string> {
      const answer = await answerOf('/carriers', { method: 'POST', file })
      return answer.ok ? ok(await answer.value.text()) : answer
    },
  }
}

export type DeskApi = ReturnType<typeof openDeskApi>

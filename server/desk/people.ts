/** Devices and volunteers at the desk: enrol, confirm, revoke, hand out badge codes. */
import type { Context } from 'hono'
import { failure } from '../../core/failures.ts'
import { isDeviceId, isVolunteerId } from '../../core/ids.ts'
import { tidyText } from '../../core/identity/names.ts'
import { badgeCodeShape, deskBase, devicesShape, ticketShape, volunteerRequestShape, volunteersShape } from '../../core/wire/desk.ts'
import type { AddRoute, OfficeEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json, readJson } from '../http/json.ts'
import { problem } from '../http/problem.ts'
import type { Office } from '../office.ts'
import { deviceNumbers } from '../people/deviceNumbers.ts'
import { confirmDevice, reinstateDevice, revokeDevice } from '../people/devices.ts'
import { badgeLink, enrolLink } from '../people/links.ts'
import { makeTicket } from '../people/tickets.ts'
import { makeVolunteer, revokeVolunteer } from '../people/volunteers.ts'
import { officerOnly } from './officerOnly.ts'

/** GET /devices. */
export const getDevices: AddRoute = (app, office) => {
  app.get(
    `${deskBase}/devices`,
    describe({ tag: 'desk', summary: 'Tablets', answers: { 200: { what: 'all tablets', shape: devicesShape } }, refusals: ['notSignedIn'] }),
    officerOnly(office),
    (context) => answerDevices(context, office),
  )
}

/** POST /devices/{id}/confirm (the six words are the same on both screens), /revoke, and /reinstate (it waits once more). */
export const postDevice: AddRoute = (app, office) => {
  const acts = [
    { verb: 'confirm', summary: 'Confirm a waiting tablet', act: confirmDevice },
    { verb: 'revoke', summary: 'Take a tablet out of use', act: revokeDevice },
    { verb: 'reinstate', summary: 'Let a revoked tablet wait for confirmation once more', act: reinstateDevice },
  ] as const
  for (const { verb, summary, act } of acts) {
    app.post(
      `${deskBase}/devices/:id/${verb}`,
      describe({ tag: 'desk', summary, answers: { 200: { what: 'all tablets', shape: devicesShape } }, refusals: ['notSignedIn', 'forbidden', 'notFound'] }),
      officerOnly(office),
      async (context) => {
        const id = context.req.param('id')
        if (!isDeviceId(id) || !(await act(office.db, id, office.clock.now()))) return problem(context, failure('notFound', 'device'))
        return answerDevices(context, office)
      },
    )
  }
}

/** POST /enrolments: a one-time ticket for a tablet that waits for confirmation afterwards. */
export const postDeskEnrolment: AddRoute = (app, office) => {
  app.post(
    `${deskBase}/enrolments`,
    describe({ tag: 'desk', summary: 'Make an enrolment ticket', answers: { 201: { what: 'one use, 15 minutes', shape: ticketShape } }, refusals: ['notSignedIn', 'forbidden'] }),
    officerOnly(office),
    async (context) => {
      const ticket = await makeTicket(office, { kind: 'enrol', confirmed: false, volunteer: null })
      const expiresAt = new Date(ticket.expiresAtMs).toISOString()
      return json(context, { link: enrolLink(office, ticket.secret), code: ticket.code, expiresAt }, 201)
    },
  )
}

/** GET and POST /volunteers. */
export const volunteersRoutes: AddRoute = (app, office) => {
  const path = `${deskBase}/volunteers`
  app.get(
    path,
    describe({ tag: 'desk', summary: 'Volunteers', answers: { 200: { what: 'all volunteers', shape: volunteersShape } }, refusals: ['notSignedIn'] }),
    officerOnly(office),
    (context) => answerVolunteers(context, office, 200),
  )
  app.post(
    path,
    describe({
      tag: 'desk',
      summary: 'Add a volunteer',
      takes: { type: 'application/json', shape: volunteerRequestShape },
      answers: { 201: { what: 'all volunteers', shape: volunteersShape } },
      refusals: ['malformed', 'notSignedIn', 'forbidden'],
    }),
    officerOnly(office),
    async (context) => {
      const request = await readJson(context.req.raw, volunteerRequestShape)
      if (!request.ok) return problem(context, request.failure)
      const name = tidyText(request.value.name)
      if (name === '') return problem(context, failure('malformed', 'name'))
      await makeVolunteer(office, name)
      return answerVolunteers(context, office, 201)
    },
  )
}

/** POST /volunteers/{id}/code. */
export const postBadgeCode: AddRoute = (app, office) => {
  app.post(
    `${deskBase}/volunteers/:id/code`,
    describe({ tag: 'desk', summary: 'Make a badge code', answers: { 201: { what: 'one use, 15 minutes', shape: badgeCodeShape } }, refusals: ['notSignedIn', 'forbidden', 'notFound'] }),
    officerOnly(office),
    async (context) => {
      const id = context.req.param('id')
      const known = isVolunteerId(id)
        ? await office.db.selectFrom('volunteers').select('id').where('id', '=', id).where('revoked_at', 'is', null).executeTakeFirst()
        : undefined
      if (known === undefined) return problem(context, failure('notFound', 'volunteer'))
      const { code, expiresAtMs } = await makeTicket(office, { kind: 'badge', confirmed: false, volunteer: known.id })
      return json(context, { code, link: badgeLink(office, code), expiresAt: new Date(expiresAtMs).toISOString() }, 201)
    },
  )
}

/** POST /volunteers/{id}/revoke. */
export const postVolunteerRevoke: AddRoute = (app, office) => {
  app.post(
    `${deskBase}/volunteers/:id/revoke`,
    describe({ tag: 'desk', summary: "End a volunteer's work", answers: { 200: { what: 'all volunteers', shape: volunteersShape } }, refusals: ['notSignedIn', 'forbidden', 'notFound'] }),
    officerOnly(office),
    async (context) => {
      const id = context.req.param('id')
      if (!isVolunteerId(id) || !(await revokeVolunteer(office, id))) return problem(context, failure('notFound', 'volunteer'))
      return answerVolunteers(context, office, 200)
    },
  )
}

async function answerDevices(context: Context<OfficeEnv>, { db }: Office): Promise<Response> {
  const [rows, seen] = await Promise.all([db.selectFrom('devices').selectAll().orderBy('number').execute(), deviceNumbers(db)])
  const at = (ms: number) => new Date(ms).toISOString()
  const numbers = new Map(rows.map(({ id, number }) => [id, number]))
  const devices = rows.map(({ id, number, state, words, enrolled_at, last_seen_at, last_seq, former_of }) => ({
    device: id,
    number,
    state,
    words: state === 'waiting' ? words.split(' ') : null,
    enrolledAt: at(enrolled_at),
    lastSeenAt: last_seen_at === null ? null : at(last_seen_at),
    lastSeq: Math.max(last_seq, seen.get(id)?.last ?? 0),
    formerOf: former_of === null ? null : (numbers.get(former_of) ?? null),
    numbers: seen.get(id)?.numbers,
  }))
  return json(context, { devices })
}

async function answerVolunteers(context: Context<OfficeEnv>, { db }: Office, status: 200 | 201): Promise<Response> {
  const rows = await db
    .selectFrom('volunteers')
    .leftJoin('badges', 'badges.volunteer', 'volunteers.id')
    .select(['volunteers.id', 'volunteers.number', 'volunteers.name', 'volunteers.revoked_at', ({ fn }) => fn.count<number>('badges.ticket').as('badges')])
    .groupBy('volunteers.id')
    .orderBy('volunteers.number')
    .execute()
  const volunteers = rows.map(({ revoked_at, ...rest }) => ({ ...rest, revoked: revoked_at !== null }))
  return json(context, { volunteers }, status)
}

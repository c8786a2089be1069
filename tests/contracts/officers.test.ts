// Several officers: invitations, the list, and disabling.
import * as v from 'valibot'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { officersShape, ticketShape } from '../../core/wire/desk.ts'
import { aWholeOffice, changes, countRows, origin, type WholeOffice } from '../support/wholeOffice.ts'
import { anOfficer, kindIn } from '../support/wholeTablet.ts'

let whole: WholeOffice
let officer: Awaited<ReturnType<typeof anOfficer>>
const startMs = Date.parse('2026-11-24T03:00:00.000Z')
const password = 'mot-mat-khau-dai'

beforeAll(async () => {
  whole = await aWholeOffice()
  officer = await anOfficer(whole)
})
afterAll(() => whole.close())
beforeEach(() => {
  whole.time.nowMs = startMs
})

const saw = async (answer: Response) => [answer.status, answer.ok ? 'ok' : await kindIn(answer)]
const send = (path: string, headers: Record<string, string>, body?: object) =>
  whole.ask(`/desk/api${path}`, { method: 'POST', headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
const invitation = async () => v.parse(ticketShape, await (await officer.post('/officers')).json())
const takeUp = (ticket: string, username: string, name = 'Lê Thị Mới') => send('/first', { Origin: origin }, { ticket, name, username, password })
const signIn = (username: string) => send('/sign-in', { Origin: origin }, { username, password })
const cookieOf = (answer: Response) => answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
const me = (cookie: string) => whole.ask('/desk/api/me', { headers: { Cookie: cookie } })
const disable = (username: string, cookie: string) => send(`/officers/${username}/disable`, { Cookie: cookie, Origin: origin })
const secretIn = ({ link }: { link: string }) => new URLSearchParams(new URL(link).hash.slice(1)).get('t') ?? ''
const stateOf = async (username: string) => v.parse(officersShape, await (await officer.get('/officers')).json()).officers.find((one) => one.username === username)

async function anotherOfficer(username: string) {
  const answer = await takeUp(secretIn(await invitation()), username)
  expect(answer.status).toBe(201)
  return cookieOf(answer)
}

it('invites a second officer, by link or by code, who can then do what the first can', async () => {
  const byLink = await invitation()
  const byCode = await invitation()

  expect(byLink.link).toMatch(/^http:\/\/localhost:8080\/desk\/first#t=[\w-]{22}$/)
  expect(byLink.expiresAt).toBe('2026-11-25T03:00:00.000Z')
  expect((await takeUp(secretIn(byLink), 'lan')).status).toBe(201)
  expect((await takeUp(byCode.code.toLowerCase(), 'hue')).status).toBe(201)
  expect(await stateOf('lan')).toEqual({ name: 'Lê Thị Mới', username: 'lan', disabled: false, lastSignedInAt: '2026-11-24T03:00:00.000Z' })
  expect((await whole.ask('/desk/api/officers', { headers: { Cookie: cookieOf(await signIn('lan')) } })).status).toBe(200)
})

it('makes one account of one invitation, however many take it up at once', async () => {
  const secret = secretIn(await invitation())
  const before = await countRows(whole)
  const answers = await Promise.all(Array.from({ length: 40 }, (_, at) => takeUp(secret, `cung.luc.${at}`)))

  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 39 }, () => 410)])
  expect(changes(before, await countRows(whole))).toEqual({ officers: 1, officer_accounts: 1, officer_sessions: 1 })
})

it('ends an invitation after a day', async () => {
  const ticket = secretIn(await invitation())
  whole.time.nowMs += 24 * 3_600_000 + 1

  expect(await saw(await takeUp(ticket, 'den.muon'))).toEqual([410, 'ticketSpent'])
})

it('keeps of an invitation only what nobody can use', async () => {
  const { link, code } = await invitation()
  const stored = JSON.stringify(await whole.office.db.selectFrom('tickets').selectAll().execute())

  expect(stored).not.toContain(secretIn({ link }))
  expect(stored).not.toContain(code)
  expect(stored).not.toContain(code.replace('-', ''))
})

it('shuts a disabled officer out at once: no session, no signing in, no invitation left open', async () => {
  const cookie = await anotherOfficer('nghi.viec')
  const before = (await me(cookie)).status
  const open = await invitation()
  const answer = await disable('nghi.viec', officer.cookie)

  expect([before, answer.status]).toEqual([200, 200])
  expect(v.parse(officersShape, await answer.json()).officers.at(-1)).toMatchObject({ username: 'nghi.viec', disabled: true })
  expect(await saw(await me(cookie))).toEqual([401, 'notSignedIn'])
  expect(await saw(await signIn('nghi.viec'))).toEqual([401, 'notSignedIn'])
  expect(await saw(await takeUp(secretIn(open), 'cua.sau'))).toEqual([410, 'ticketSpent'])
  expect(await saw(await takeUp(secretIn(await invitation()), 'nghi.viec'))).toEqual([409, 'conflict'])
})

it('honours no session of a disabled officer, even one that was made while he was being disabled', async () => {
  const cookie = await anotherOfficer('giua.chung')
  await whole.office.db.updateTable('officers').set({ disabled_at: startMs }).where('username', '=', 'giua.chung').execute()
  const sessions = (await countRows(whole))['officer_sessions']

  expect(await saw(await me(cookie))).toEqual([401, 'notSignedIn'])
  expect(await saw(await signIn('giua.chung'))).toEqual([401, 'notSignedIn'])
  expect((await countRows(whole))['officer_sessions']).toBeLessThan(sessions ?? 0)
})

it('disables twice as once, nobody unknown, and nobody themselves', async () => {
  await anotherOfficer('hai.lan')
  const answers = [await disable('hai.lan', officer.cookie), await disable('hai.lan', officer.cookie), await disable('khong.co', officer.cookie), await disable('can.bo', officer.cookie)]

  expect(await Promise.all(answers.map(saw))).toEqual([[200, 'ok'], [200, 'ok'], [404, 'notFound'], [409, 'conflict']])
  expect((await stateOf('can.bo'))?.disabled).toBe(false)
})

it('leaves one of two officers who disable each other at once', async () => {
  for (const round of [1, 2, 3, 4, 5]) {
    const [left, right] = [`trai.${round}`, `phai.${round}`]
    const [leftCookie, rightCookie] = [await anotherOfficer(left), await anotherOfficer(right)]
    const answers = await Promise.all([disable(right, leftCookie), disable(left, rightCookie)])

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
    expect([(await stateOf(left))?.disabled, (await stateOf(right))?.disabled].sort()).toEqual([false, true])
  }
})

it.each(['/officers', '/officers/can.bo/disable'])('does nothing at %s for strangers and for pages of elsewhere', async (path) => {
  const before = await countRows(whole)
  const answers = [
    await send(path, { Origin: origin }),
    await send(path, { Origin: origin, Cookie: 'tiepsuc.session_token=abc.def' }),
    await send(path, { Origin: 'https://example.org', Cookie: officer.cookie }),
    await send(path, { Cookie: officer.cookie }),
  ]

  expect(await Promise.all(answers.map(saw))).toEqual([[401, 'notSignedIn'], [401, 'notSignedIn'], [403, 'forbidden'], [403, 'forbidden']])
  expect(await saw(await whole.ask('/desk/api/officers'))).toEqual([401, 'notSignedIn'])
  expect(changes(before, await countRows(whole))).toEqual({})
})

it('is told in the description of the office', async () => {
  const { paths } = v.parse(v.object({ paths: v.record(v.string(), v.record(v.string(), v.unknown())) }), await (await whole.ask('/api/openapi.json')).json())

  expect(Object.keys(paths['/desk/api/officers'] ?? {}).sort()).toEqual(['get', 'post'])
  expect(Object.keys(paths['/desk/api/officers/{username}/disable'] ?? {})).toEqual(['post'])
})

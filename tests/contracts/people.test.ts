// Enrolment, badges, signed-in requests, the first officer and signing in.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { utf8 } from '../../core/bytes.ts'
import { signEnrolment, sixWords } from '../../core/sealing/enrolment.ts'
import { verifyBadge } from '../../core/sealing/badge.ts'
import { makeTicket } from '../../server/people/tickets.ts'
import { makeVolunteer } from '../../server/people/volunteers.ts'
import { aDevice } from '../support/office.ts'
import { aWholeOffice, changes, countRows, origin, type WholeOffice } from '../support/wholeOffice.ts'
import { anOfficer, aTablet, enrol, kindIn, signedRequest, type Tablet } from '../support/wholeTablet.ts'

let whole: WholeOffice
let tablet: Tablet
let officer: Awaited<ReturnType<typeof anOfficer>>
const startMs = Date.parse('2026-11-24T03:00:00.000Z')

beforeAll(async () => {
  whole = await aWholeOffice()
  tablet = await aTablet(whole)
  officer = await anOfficer(whole)
})
afterAll(() => whole.close())
beforeEach(() => {
  whole.time.nowMs = startMs
})

const saw = async (answer: Response) => [answer.status, answer.ok ? 'ok' : await kindIn(answer)]
const enrolTicket = () => makeTicket(whole.office, { kind: 'enrol', confirmed: false, volunteer: null })

describe('enrolment', () => {
  it('lets a device wait until an officer has compared the same six words', async () => {
    const device = await aDevice()
    const { link, code } = (await (await officer.post('/enrolments')).json()) as { link: string; code: string }
    const enrolled = await enrol(whole, device, code)
    const waiting = await signedRequest(whole, device, 'GET', '/api/v1/feed')
    const me = await signedRequest(whole, device, 'GET', '/api/v1/devices/me')
    const list = (await (await officer.get('/devices')).json()) as { devices: { device: string; words: string[] | null }[] }
    await officer.post(`/devices/${device.device}/confirm`)

    expect(enrolled.status).toBe(201)
    expect(link).toContain(`&r=${whole.office.keys.rootThumbprint}`)
    expect(await me.json()).toMatchObject({ state: 'waiting', device: device.device, number: '02' })
    expect(list.devices.find((one) => one.device === device.device)?.words).toEqual(await sixWords(whole.office.keys.root, device.device))
    expect(await saw(waiting)).toEqual([403, 'forbidden'])
    expect(await saw(await signedRequest(whole, device, 'GET', '/api/v1/feed'))).toEqual([200, 'ok'])
  })

  it('takes a typed code however it is typed', async () => {
    const { code } = await enrolTicket()

    expect((await enrol(whole, await aDevice(), ` ${code.toLowerCase().replace('-', ' ')} `)).status).toBe(201)
  })

  it('is spent after one use, answers the same key again, and refuses another', async () => {
    const { secret } = await enrolTicket()
    const device = await aDevice()
    const first = await enrol(whole, device, secret)
    const again = await enrol(whole, device, secret)
    const other = await enrol(whole, await aDevice(), secret)

    expect(await again.text()).toBe(await first.text())
    expect(await saw(other)).toEqual([410, 'ticketSpent'])
  })

  it('lets one of 30 parallel devices have the ticket', async () => {
    const { secret } = await enrolTicket()
    const devices = await Promise.all(Array.from({ length: 30 }, aDevice))
    const before = await countRows(whole)
    const answers = await Promise.all(devices.map((device) => enrol(whole, device, secret)))

    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 29 }, () => 410)])
    expect(changes(before, await countRows(whole))).toEqual({ devices: 1 })
  })

  it('is over after fifteen minutes', async () => {
    const { secret } = await enrolTicket()
    whole.time.nowMs += 15 * 60_000 + 1

    expect(await saw(await enrol(whole, await aDevice(), secret))).toEqual([410, 'ticketSpent'])
  })

  it('is over after five wrong second halves, also for the right one', async () => {
    const { code } = await enrolTicket()
    const wrong = `${code.slice(0, 5)}${code.endsWith('0000') ? '1111' : '0000'}`
    const tries = []
    for (let at = 0; at < 5; at += 1) tries.push((await enrol(whole, await aDevice(), wrong)).status)

    expect(tries).toEqual([404, 404, 404, 404, 404])
    expect(await saw(await enrol(whole, await aDevice(), code))).toEqual([410, 'ticketSpent'])
  })

  it('refuses a proof that was made for another ticket or by another key', async () => {
    const { secret } = await enrolTicket()
    const device = await aDevice()
    const other = await aDevice()
    const ask = async (proof: string) =>
      whole.ask('/api/v1/enrolments', { method: 'POST', body: JSON.stringify({ ticket: secret, key: device.publicJwk, proof }) })

    expect(await saw(await ask(await signEnrolment('other', device.device, device.privateKey)))).toEqual([400, 'malformed'])
    expect(await saw(await ask(await signEnrolment(secret, device.device, other.privateKey)))).toEqual([400, 'malformed'])
    expect((await enrol(whole, device, secret)).status).toBe(201)
  })

  it.each(['', '{}', '[]', 'null', '{"ticket":"x","key":{"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},"proof":"a.b.c"}'])(
    'answers malformed to %s',
    async (body) => {
      expect(await saw(await whole.ask('/api/v1/enrolments', { method: 'POST', body }))).toEqual([400, 'malformed'])
    },
  )
})

describe('badges', () => {
  const code = async (volunteer = tablet.volunteer) => (await makeTicket(whole.office, { kind: 'badge', confirmed: false, volunteer })).code
  const ask = (given: string, device = tablet.device) => signedRequest(whole, device, 'POST', '/api/v1/badges', { body: { code: given } })

  it('names the volunteer and is bound to the device', async () => {
    const { badge } = (await (await ask(await code())).json()) as { badge: string }

    expect(await verifyBadge(badge, whole.office.keys.keySet)).toMatchObject({ name: 'Lê Thị Hoa', number: 'TNV-001', cnf: { jkt: tablet.device.device } })
  })

  it('gives the same device the same badge again, and another none', async () => {
    const given = await code()
    const first = await (await ask(given)).text()
    const other = await aTablet(whole)

    expect(await (await ask(given)).text()).toBe(first)
    expect(await saw(await ask(given, other.device))).toEqual([404, 'badgeCodeInvalid'])
  })

  it('gives none for a wrong code, an old one, or a volunteer whose work has ended', async () => {
    const gone = await makeVolunteer(whole.office, 'Người đã nghỉ')
    const ended = await code(gone)
    await officer.post(`/volunteers/${gone}/revoke`)
    const old = await code()

    expect(await saw(await ask('0000-0000'))).toEqual([404, 'badgeCodeInvalid'])
    expect(await saw(await ask(ended))).toEqual([404, 'badgeCodeInvalid'])
    whole.time.nowMs += 15 * 60_000 + 1
    expect(await saw(await ask(old))).toEqual([404, 'badgeCodeInvalid'])
  })
})

describe('signed-in requests', () => {
  const ask = (options: Parameters<typeof signedRequest>[4], device = tablet.device) => signedRequest(whole, device, 'GET', '/api/v1/feed?after=0', options)

  it.each([
    ['without a proof', () => whole.ask('/api/v1/feed')],
    ['with a proof that is none', () => whole.ask('/api/v1/feed', { headers: { DPoP: 'a.b.c' } })],
    ['with a nonce of nobody', () => ask({ nonce: 'mwufrkdd.csmnAwwBcLBauvqX5dDBQv' })],
    ['for another method', () => ask({ proof: { method: 'POST' } })],
    ['for another address', () => ask({ proof: { url: `${origin}/api/v1/packs` } })],
    ['for another origin', () => ask({ proof: { url: 'https://example.org/api/v1/feed' } })],
    ['for another body', () => ask({ proof: { body: utf8('{}') } })],
    ['from an unknown device', async () => ask({}, await aDevice())],
  ])('gets 401 and a new nonce %s', async (_, request) => {
    const answer = await request()

    expect(await saw(answer)).toEqual([401, 'notSignedIn'])
    expect(answer.headers.get('dpop-nonce')).toMatch(/^[0-9a-z]+\.[\w-]{22}$/)
  })

  it('gets 401 for a nonce that is older than five minutes, 200 just before', async () => {
    const nonce = (await whole.ask('/api/v1/time')).headers.get('dpop-nonce') ?? ''
    whole.time.nowMs += 5 * 60_000
    const before = await ask({ nonce })
    whole.time.nowMs += 1

    expect(await saw(before)).toEqual([200, 'ok'])
    expect(await saw(await ask({ nonce }))).toEqual([401, 'notSignedIn'])
  })

  it('passes a proof once, also when it comes 20 times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask({ proof: { jti: 'the-same-proof-again' } })))

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(19)
  })

  it('gets 410 when the device was revoked, and may still ask about itself', async () => {
    const revoked = await aTablet(whole)
    await officer.post(`/devices/${revoked.device.device}/revoke`)
    const me = await signedRequest(whole, revoked.device, 'GET', '/api/v1/devices/me')

    expect(await saw(await ask({}, revoked.device))).toEqual([410, 'deviceRevoked'])
    expect(await me.json()).toMatchObject({ state: 'revoked' })
  })

  it('is answered again when an officer has taken the revoked tablet back and compared its six words once more', async () => {
    const found = await aTablet(whole)
    await officer.post(`/devices/${found.device.device}/revoke`)
    await officer.post(`/devices/${found.device.device}/reinstate`)
    const waiting = await saw(await ask({}, found.device))
    const list = (await (await officer.get('/devices')).json()) as { devices: { device: string; state: string; words: string[] | null }[] }
    await officer.post(`/devices/${found.device.device}/confirm`)

    expect(waiting).toEqual([403, 'forbidden'])
    expect(list.devices.find(({ device }) => device === found.device.device)).toMatchObject({ state: 'waiting', words: await sixWords(whole.office.keys.root, found.device.device) })
    expect(await saw(await ask({}, found.device))).toEqual([200, 'ok'])
    expect((await officer.post(`/devices/${found.device.device}/reinstate`)).status).toBe(404)
  })

  it.each(['-1', 'x', '1e3', '99999999999999999999'])('answers malformed to after=%s', async (after) => {
    expect(await saw(await signedRequest(whole, tablet.device, 'GET', `/api/v1/feed?after=${after}`))).toEqual([400, 'malformed'])
  })
})

describe('officers', () => {
  const first = (ticket: string, username: string, from: string | null = origin) =>
    whole.ask('/desk/api/first', {
      method: 'POST',
      headers: from === null ? {} : { Origin: from },
      body: JSON.stringify({ ticket, name: 'Người thử', username, password: 'mot-mat-khau-dai' }),
    })
  const signIn = (username: string, password: string) =>
    whole.ask('/desk/api/sign-in', { method: 'POST', headers: { Origin: origin }, body: JSON.stringify({ username, password }) })

  it('lets exactly one of 1,000 parallel claims of the first link win', async () => {
    const { secret } = await makeTicket(whole.office, { kind: 'officer', confirmed: true, volunteer: null })
    const answers = await Promise.all(Array.from({ length: 1000 }, (_, at) => first(secret, `thu.${at}`)))

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(999)
  }, 60_000)

  it('gives the link back when the user name was taken', async () => {
    const { secret } = await makeTicket(whole.office, { kind: 'officer', confirmed: true, volunteer: null })

    expect(await saw(await first(secret, 'can.bo'))).toEqual([409, 'conflict'])
    expect((await first(secret, 'can.bo.hai')).status).toBe(201)
  })

  it.each([['https://example.org'], [null], ['null']])('takes no change from a page of %s', async (from) => {
    const { secret } = await makeTicket(whole.office, { kind: 'officer', confirmed: true, volunteer: null })

    expect(await saw(await first(secret, 'ke.la', from))).toEqual([403, 'forbidden'])
  })

  it('keeps the session in a cookie that scripts and other sites cannot use', async () => {
    const answer = await signIn('can.bo', 'mot-mat-khau-dai')
    const [cookie = ''] = answer.headers.getSetCookie()

    expect(answer.status).toBe(200)
    expect(cookie).toMatch(/; Path=\/desk;/i)
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Strict/i)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it.each([
    ['can.bo', 'sai-mat-khau-roi'],
    ['khong.co.ai', 'mot-mat-khau-dai'],
    ['\u0000', 'mot-mat-khau-dai'],
    ["' or 1=1 --", ''],
  ])('refuses %j with %j', async (username, password) => {
    expect(await saw(await signIn(username, password))).toEqual([401, 'notSignedIn'])
  })

  it('is signed out when he says so', async () => {
    const other = await signIn('can.bo', 'mot-mat-khau-dai')
    const Cookie = other.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
    const before = await whole.ask('/desk/api/me', { headers: { Cookie } })
    const out = await whole.ask('/desk/api/sign-out', { method: 'POST', headers: { Cookie, Origin: origin } })

    expect(await before.json()).toEqual({ name: 'Trần Văn Cán', username: 'can.bo' })
    expect(out.status).toBe(204)
    expect(await saw(await whole.ask('/desk/api/me', { headers: { Cookie } }))).toEqual([401, 'notSignedIn'])
  })

  it.each(['/inbox', '/office', '/devices', '/volunteers', '/cases/01930000-0000-7000-8000-000000000001'])('sees nothing of %s without a session', async (path) => {
    expect(await saw(await whole.ask(`/desk/api${path}`))).toEqual([401, 'notSignedIn'])
  })
})

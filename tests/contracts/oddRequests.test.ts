// What fuzzing found, each by itself: odd requests are refused by a kind that a tablet knows, and never break the office.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kindOfProblem } from '../../core/wire/problem.ts'
import { makeTicket } from '../../server/people/tickets.ts'
import { aFrontDoor } from '../support/frontDoor.ts'
import { aWholeOffice, origin, type WholeOffice } from '../support/wholeOffice.ts'
import { aTablet, kindIn, signedRequest, type Tablet } from '../support/wholeTablet.ts'

let whole: WholeOffice
let tablet: Tablet
let door: Awaited<ReturnType<typeof aFrontDoor>>
beforeAll(async () => {
  whole = await aWholeOffice()
  tablet = await aTablet(whole)
  door = await aFrontDoor(whole)
})
afterAll(async () => {
  await door.close()
  await whole.close()
})

describe('odd words in a good request', () => {
  it.each(['1.001193;x/1.0.0', '1.001193%00/1.0.0', 'x/y', '1.001193/1.0.0.0'])('a pack that no reference can name is not found: %s', async (path) => {
    const answer = await signedRequest(whole, tablet.device, 'GET', `/api/v1/packs/${path}`)

    expect([answer.status, await kindIn(answer)]).toEqual([404, 'notFound'])
  })

  it.each([
    ['a zero', `${'x'.repeat(20)}\u0000`],
    ['half a letter', `${'x'.repeat(20)}\ud800`],
    ['letters of four bytes', '💥'.repeat(16)],
    ['a space', 'x x'.repeat(8)],
    ['65 letters', 'x'.repeat(65)],
  ])('a proof whose name of use holds %s is no proof', async (_, jti) => {
    const answer = await signedRequest(whole, tablet.device, 'GET', '/api/v1/packs', { proof: { jti } })

    expect([answer.status, await kindIn(answer)]).toEqual([401, 'notSignedIn'])
  })

  it('a name with a zero in it is stored without', async () => {
    const { secret } = await makeTicket(whole.office, { kind: 'officer', confirmed: false, volunteer: null })
    const body = JSON.stringify({ ticket: secret, name: 'Trần\u0000Văn Cán', username: 'can.bo.hai', password: 'mot-mat-khau-dai' })
    const answer = await whole.ask('/desk/api/first', { method: 'POST', headers: { Origin: origin }, body })

    expect([answer.status, await answer.json()]).toEqual([201, { name: 'Trần Văn Cán', username: 'can.bo.hai' }])
  })
})

describe('what is no request', () => {
  const asked = 'POST /api/v1/holdings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'

  it.each([
    ['another protocol', '\u0016\u0003\u0001\u0002\r\n\r\n', 'malformed'],
    ['a header line that is none', `${asked}no header\r\n\r\n`, 'malformed'],
    ['a length that is no number', `${asked}Content-Length: 0x10\r\n\r\n`, 'malformed'],
    ['a length and chunks', `${asked}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 'malformed'],
    ['a chunk that is none', `${asked}Transfer-Encoding: chunked\r\n\r\nmuch\r\n`, 'malformed'],
    ['headers without end', `${asked}X: ${'x'.repeat(40_000)}\r\n\r\n`, 'tooLarge'],
    ['no host', 'GET /api/v1/time HTTP/1.1\r\nConnection: close\r\n\r\n', 'malformed'],
    ['no host, in an older protocol', 'GET /api/v1/time HTTP/1.0\r\n\r\n', 'malformed'],
    ['a host that is none', 'GET /api/v1/time HTTP/1.1\r\nHost: a@[b\r\nConnection: close\r\n\r\n', 'malformed'],
    ['an address that is none', 'GET /api\\v1\\time HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', 'malformed'],
  ])('%s is refused as everything else is', async (_, bytes, kind) => {
    const heard = await door.say(bytes)
    const [head = '', body = ''] = heard.split('\r\n\r\n')

    expect(kindOfProblem(JSON.parse(body))).toBe(kind)
    expect(head.toLowerCase()).toContain('content-type: application/problem+json')
    expect(head.toLowerCase()).toContain("content-security-policy: default-src 'none'")
  })

  it('is not a request that expects more than we give: that is answered as it is', async () => {
    expect(await door.say('GET /api/v1/time HTTP/1.1\r\nHost: localhost\r\nExpect: tea\r\nConnection: close\r\n\r\n')).toContain('HTTP/1.1 200 OK')
  })

  it('cannot speak into an answer that is on its way', async () => {
    const heard = await door.say('GET /api/v1/keys HTTP/1.1\r\nHost: localhost\r\n\r\nno request\r\n\r\n')

    expect(heard.match(/HTTP\/1\.1 \d+/g)).toEqual([expect.stringMatching(/200|400/)])
  })
})

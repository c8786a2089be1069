// A sick device, or one that means harm, is told to come again, and crowds out nobody: not at its own address either.
import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { kindOfProblem } from '../../core/wire/problem.ts'
import { carrierType, writeCarrierLine } from '../../core/wire/carrier.ts'
import { cutIntoParts } from '../../core/sealing/parts.ts'
import { usualBodyLimits } from '../../server/http/bodies.ts'
import { aFrontDoor } from '../support/frontDoor.ts'
import { anId } from '../support/office.ts'
import { aWholeOffice, type WholeOffice, type WholeOfficeOptions } from '../support/wholeOffice.ts'
import { anOfficer, aTablet, kindIn, put, sealedBy, signedRequest, type Tablet } from '../support/wholeTablet.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function anOffice(options: WholeOfficeOptions = {}): Promise<WholeOffice> {
  const whole = await aWholeOffice(options)
  closing.push(whole.close)
  return whole
}

async function aDoor(whole: WholeOffice, options: Parameters<typeof aFrontDoor>[1] = {}): Promise<Awaited<ReturnType<typeof aFrontDoor>>> {
  const door = await aFrontDoor(whole, options)
  closing.push(door.close)
  return door
}

/** The office's clock stands still in these tests: a token that was taken does not come back. */
const once = (burst: number) => ({ burst, refillMs: 1_000_000 })
const timesOf = (statuses: readonly number[], status: number): number => statuses.filter((one) => one === status).length
const junk = (whole: WholeOffice, path: string, headers: Record<string, string> = {}) =>
  whole.ask(path, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream', ...headers }, body: 'x' })

/** One application with three small parts, from the first byte to the last. */
async function delivers(whole: WholeOffice, tablet: Tablet): Promise<number[]> {
  const parts = await cutIntoParts(crypto.getRandomValues(new Uint8Array(3_000)), 'photo', crypto.getRandomValues(new Uint8Array(32)))
  const answers = [await put(whole, await sealedBy(whole, tablet, { parts: parts.map(({ name }) => name) }))]
  for (const { name, bytes } of parts) {
    answers.push(await whole.ask(`/api/v1/parts/${name}`, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body: bytes }))
  }
  return answers.map(({ status }) => status)
}

describe('a device that went mad', () => {
  it('is held back while another tablet and an officer at its address go on', async () => {
    const whole = await anOffice({ limits: { sender: once(40), address: once(120), device: once(60) } })
    const [sick, well, officer] = [await aTablet(whole), await aTablet(whole), await anOfficer(whole)]
    const envelope = await sealedBy(whole, sick)
    const hammers = async (): Promise<number[]> => {
      const statuses: number[] = []
      for (let times = 0; times < 150; times += 1) {
        statuses.push((await put(whole, envelope)).status, (await signedRequest(whole, sick.device, 'GET', '/api/v1/packs', { nonce: 'stale' })).status)
      }
      return statuses
    }
    const works = async (): Promise<number[]> => {
      const statuses: number[] = []
      for (let times = 0; times < 12; times += 1) {
        statuses.push(...(await delivers(whole, well)), (await officer.get('/inbox')).status)
      }
      return statuses
    }
    const [mad, calm] = await Promise.all([hammers(), works()])

    expect(timesOf(mad, 429)).toBeGreaterThan(100)
    expect(calm.filter((status) => status >= 300)).toEqual([])
    expect(calm).toHaveLength(36)
  })

  it('is told when to come again, and gets a nonce all the same', async () => {
    const whole = await anOffice({ limits: { sender: { burst: 2, refillMs: 7_000 } } })
    await junk(whole, '/api/v1/parts/x')
    await junk(whole, '/api/v1/parts/x')
    const answer = await junk(whole, '/api/v1/parts/x')

    expect([answer.status, await kindIn(answer), answer.headers.get('retry-after')]).toEqual([429, 'busy', '7'])
    expect(answer.headers.get('dpop-nonce')).toMatch(/\./)
  })

  it('is held back by its signature wherever it sends from, in carriers and in parts, too', async () => {
    const whole = await anOffice({ limits: { device: once(8) }, environment: { TRUST_PROXY: '1' } })
    const tablet = await aTablet(whole)
    const parts = await cutIntoParts(crypto.getRandomValues(new Uint8Array(100)), 'photo', crypto.getRandomValues(new Uint8Array(32)))
    const envelope = await sealedBy(whole, tablet, { parts: parts.map(({ name }) => name) })
    const from = (address: number) => ({ 'X-Forwarded-For': `203.0.113.${address}` })
    const lines = Array.from({ length: 5 }, () => writeCarrierLine({ kind: 'envelope', envelope })).join('')
    const carrier = (address: number) => whole.ask('/api/v1/carriers', { method: 'POST', headers: { 'Content-Type': carrierType, ...from(address) }, body: lines })
    const kindsOf = async (answer: Response): Promise<(string | null)[]> =>
      (await answer.text()).trim().split('\n').map((line) => kindOfProblem((JSON.parse(line) as { problem?: unknown }).problem))
    const kinds = [...(await kindsOf(await carrier(1))), ...(await kindsOf(await carrier(2)))]
    const part = await whole.ask(`/api/v1/parts/${parts[0]?.name ?? ''}`, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream', ...from(3) }, body: parts[0]?.bytes ?? '' })

    // One of the eight went when the tablet fetched its badge.
    expect(kinds).toEqual([...Array.from({ length: 7 }, () => null), 'busy', 'busy', 'busy'])
    expect([part.status, await kindIn(part)]).toEqual([429, 'busy'])
  })
})

describe('requests that nobody answers for', () => {
  it('use up what their address has on the tablets\' side, and nothing of other addresses or of the desk', async () => {
    const whole = await anOffice({ limits: { address: once(40) }, environment: { TRUST_PROXY: '1' } })
    const officer = await anOfficer(whole)
    const from = (address: string) => ({ 'X-Forwarded-For': address })
    const flood = await Promise.all(Array.from({ length: 60 }, () => junk(whole, `/api/v1/parts/${anId()}`, from('203.0.113.9'))))
    const elsewhere = await junk(whole, '/api/v1/parts/x', from('203.0.113.10'))
    const desk = await whole.ask('/desk/api/inbox', { headers: { Cookie: officer.cookie, ...from('203.0.113.9') } })

    expect(timesOf(flood.map(({ status }) => status), 429)).toBe(20)
    expect([elsewhere.status, desk.status]).toEqual([404, 200])
  })

  it('cannot name another address when no proxy of ours stands before the office', async () => {
    const whole = await anOffice({ limits: { address: once(10) } })
    const door = await aDoor(whole)
    const heard = []
    for (let times = 0; times < 12; times += 1) {
      heard.push(await door.say(`GET /api/v1/x${times} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 203.0.113.${times}\r\nConnection: close\r\n\r\n`))
    }

    expect(heard.map((answer) => Number(answer.slice(9, 12)))).toEqual([...Array.from({ length: 10 }, () => 404), 429, 429])
  })

  it('are one sender when they come from one half of an IPv6 address', async () => {
    const whole = await anOffice({ limits: { address: once(3) }, environment: { TRUST_PROXY: '1' } })
    const statuses = []
    for (const address of ['2001:db8:0:7::1', '2001:db8:0:7:a:b:c:d', '2001:0DB8:0000:0007::9', '2001:db8:0:7:0:0:0:8', '2001:db8:0:8::1']) {
      statuses.push((await junk(whole, '/api/v1/parts/x', { 'X-Forwarded-For': address })).status)
    }

    expect(statuses).toEqual([404, 404, 404, 429, 404])
  })
})

describe('bodies', () => {
  let whole: WholeOffice
  beforeAll(async () => {
    whole = await aWholeOffice()
  })
  afterAll(() => whole.close())

  const holdings = (body: string, length = body.length): string =>
    `POST /api/v1/holdings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n${body}`

  it('that hardly come are ended, and told why', async () => {
    const door = await aDoor(whole, { bodies: { ...usualBodyLimits, graceMs: 200, everyMs: 20 } })
    const heard = await door.say(holdings('{"held":[', 500))

    expect(heard).toMatch(/^HTTP\/1\.1 408 /)
    expect(kindOfProblem(JSON.parse(heard.split('\r\n\r\n')[1] ?? ''))).toBe('timeout')
  })

  it('are not missed where the headers never end', async () => {
    const door = await aDoor(whole, { headersMs: 200, bodies: { ...usualBodyLimits, everyMs: 20 } })

    expect(await door.say('POST /api/v1/holdings HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')).toMatch(/^HTTP\/1\.1 408 /)
  })

  it.each([
    ['one address', { mostOfOne: 3, mostOfAll: 99 }],
    ['all', { mostOfOne: 99, mostOfAll: 3 }],
  ])('of %s are bounded: the one that has taken longest gives way, and who is quick gets in', async (_, most) => {
    const door = await aDoor(whole, { bodies: { ...usualBodyLimits, ...most, graceMs: 600_000 } })
    const slow: Promise<string>[] = []
    const sockets: Socket[] = []
    for (let times = 0; times < 3; times += 1) {
      const socket = connect({ port: door.port, host: '127.0.0.1' })
      sockets.push(socket)
      slow.push(heardFrom(socket))
      await new Promise<void>((done) => socket.write(holdings('{', 500), () => done()))
      await door.say('GET /api/v1/time HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
    }
    const quick = await door.say(holdings('{"held":[]}'))
    const first = await slow[0]
    for (const socket of sockets) socket.destroy()

    expect(quick).toMatch(/^HTTP\/1\.1 200 /)
    expect(first).toMatch(/^HTTP\/1\.1 429 /)
    expect(first?.toLowerCase()).toContain('retry-after: 5')
    expect((await Promise.all(slow.slice(1))).join('')).toBe('')
  })
})

function heardFrom(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let heard = ''
    socket.on('data', (piece) => (heard += piece.toString('latin1')))
    socket.once('error', () => undefined)
    socket.once('close', () => resolve(heard))
  })
}

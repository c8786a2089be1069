// The carrier at the office: what good lines become, and that no file, however bad, is more than a sentence.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import * as v from 'valibot'
import { base64url, utf8 } from '../../core/bytes.ts'
import { sha256 } from '../../core/sealing/digest.ts'
import { maxCarrierBytes } from '../../core/sealing/limits.ts'
import { verifyOutcome } from '../../core/sealing/outcome.ts'
import { carrierAnswerShape, type CarrierAnswer } from '../../core/wire/answer.ts'
import { carrierType, writeCarrierLine } from '../../core/wire/carrier.ts'
import { kindOfProblem } from '../../core/wire/problem.ts'
import '../support/seeded.ts'
import { aWholeOffice, changes, countRows, origin, type WholeOffice } from '../support/wholeOffice.ts'
import { anOfficer, aTablet, kindIn, sealedBy, type Tablet } from '../support/wholeTablet.ts'

let whole: WholeOffice
let tablet: Tablet
let officer: Awaited<ReturnType<typeof anOfficer>>

beforeAll(async () => {
  whole = await aWholeOffice()
  tablet = await aTablet(whole)
  officer = await anOfficer(whole)
})
afterAll(() => whole.close())
beforeEach(() => whole.opener.settled())

type Sealed = Awaited<ReturnType<typeof sealedBy>>
const roads = ['/api/v1/carriers', '/desk/api/carriers'] as const

async function post(road: (typeof roads)[number], body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  const who = road === '/desk/api/carriers' ? { Cookie: officer.cookie, Origin: origin } : {}
  return whole.ask(road, { method: 'POST', headers: { 'Content-Type': carrierType, ...who, ...headers }, body, duplex: 'half' } as RequestInit)
}

async function answersOf(answer: Response): Promise<readonly CarrierAnswer[]> {
  expect(answer.status).toBe(200)
  return (await answer.text()).split('\n').filter((line) => line !== '').map((line) => v.parse(carrierAnswerShape, JSON.parse(line)))
}

async function inWords(answer: CarrierAnswer, about: readonly Sealed[]): Promise<string> {
  if ('problem' in answer) return `${answer.line} ${kindOfProblem(answer.problem) ?? ''}`
  if ('stored' in answer) return `${answer.line} part`
  for (const { id, digest } of about) {
    const outcome = await verifyOutcome(answer.outcome, whole.office.keys.keySet, { id, digest, device: tablet.device.device })
    if (outcome !== null) return `${answer.line} ${outcome.kind}${answer.missing.length > 0 ? ` lacks ${answer.missing.length}` : ''}`
  }
  return `${answer.line} of nobody`
}
const told = async (answer: Response, ...about: Sealed[]): Promise<string[]> => Promise.all((await answersOf(answer)).map((line) => inWords(line, about)))

const lineOf = (envelope: Sealed): string => writeCarrierLine({ kind: 'envelope', envelope })
let made = 0
async function aPart(): Promise<{ name: string; line: string }> {
  const bytes = utf8(`ảnh ${(made += 1)}`)
  const name = await sha256(bytes)
  return { name, line: writeCarrierLine({ kind: 'part', part: name, bytes }) }
}

describe('an application with its photos in one carrier', () => {
  it('is answered as complete, since that is what it has become by the end', async () => {
    const parts = [await aPart(), await aPart()]
    const envelope = await sealedBy(whole, tablet, { parts: parts.map(({ name }) => name) })
    const body = lineOf(envelope) + parts.map(({ line }) => line).join('')

    expect(await told(await post('/desk/api/carriers', body), envelope)).toEqual(['0 complete', '1 part', '2 part'])
    expect(await told(await post('/desk/api/carriers', body), envelope)).toEqual(['0 complete', '1 part', '2 part'])
  })

  it('says what still lacks when a photo was cut off, and another file brings it', async () => {
    const [one, two] = [await aPart(), await aPart()]
    const envelope = await sealedBy(whole, tablet, { parts: [one.name, two.name] })

    expect(await told(await post('/desk/api/carriers', lineOf(envelope) + one.line + two.line.slice(0, 60)), envelope)).toEqual(['0 received lacks 1', '1 part', '2 malformed'])
    expect(await told(await post('/desk/api/carriers', two.line), envelope)).toEqual(['0 part'])
    expect(await told(await post('/desk/api/carriers', lineOf(envelope)), envelope)).toEqual(['0 complete'])
  })

  it('in the wrong order costs the early photo its line alone, and it can be brought again', async () => {
    const part = await aPart()
    const envelope = await sealedBy(whole, tablet, { parts: [part.name] })
    const body = part.line + lineOf(envelope)

    expect(await told(await post('/desk/api/carriers', body), envelope)).toEqual(['0 partNotAnnounced', '1 received lacks 1'])
    expect(await told(await post('/desk/api/carriers', body), envelope)).toEqual(['0 part', '1 complete'])
  })
})

describe.each(roads)('a bad carrier at %s', (road) => {
  it('of 10,001 lines is read up to the ten thousandth', async () => {
    const envelope = await sealedBy(whole, tablet)
    const answers = await told(await post(road, `${lineOf(envelope)}${'\n'.repeat(9_999)}${lineOf(envelope)}`), envelope)

    expect(answers).toEqual(['0 complete', '10000 tooLarge'])
  })

  it('of 2 GiB is not read at all when it says so, and otherwise no further than 50 MiB', async () => {
    const before = await countRows(whole)
    const said = await post(road, endless().body, { 'Content-Length': String(2 * 1024 ** 3) })
    const { body, pulledBytes } = endless()
    const silent = await post(road, body)

    expect([said.status, await kindIn(said)]).toEqual([413, 'tooLarge'])
    expect((await told(silent)).at(-1)).toBe('0 tooLarge')
    expect(pulledBytes()).toBeLessThan(maxCarrierBytes + 4 * 1024 * 1024)
    expect(changes(before, await countRows(whole))).toEqual({})
  })

  it.each<[string, BodyInit, string[]]>([
    ['that is empty', '', []],
    ['of empty lines', '\n\r\n \n', []],
    ['that is a photo', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x0a, 0x80, 0x81]), ['0 malformed', '1 malformed']],
    ['with a path for a name', `${JSON.stringify({ part: '../../../../etc/passwd'.padEnd(43, 'a'), bytes: 'QUJD' })}\n${JSON.stringify({ part: '..%2f'.padEnd(43, '.'), bytes: 'QUJD' })}`, ['0 malformed', '1 malformed']],
    ['of another kind of lines', '[]\n{}\nnull\n7\n"x"\n{"envelope":1,"header":2}', [0, 1, 2, 3, 4, 5].map((line) => `${line} malformed`)],
  ])('%s is a sentence, and nothing is stored', async (_, body, sentences) => {
    const before = await countRows(whole)

    expect(await told(await post(road, body))).toEqual(sentences)
    expect(changes(before, await countRows(whole))).toEqual({})
  })

  it('with one bad line among good ones loses that line alone', async () => {
    const [one, two] = [await sealedBy(whole, tablet), await sealedBy(whole, tablet)]
    const bad = [['xin chào\n', 'malformed'], [lineOf(one).slice(0, 300) + '\n', 'malformed'], [`${'x'.repeat(600 * 1024)}\n`, 'tooLarge']] as const

    for (const [line, kind] of bad) {
      const answers = await told(await post(road, lineOf(one) + line + lineOf(two)), one, two)
      expect(answers).toEqual(['0 complete', `1 ${kind}`, '2 complete'])
    }
  })
})

/** A sender that never ends a line, and how much was taken of it. */
function endless(): { body: ReadableStream<Uint8Array>; pulledBytes: () => number } {
  const piece = new Uint8Array(1024 * 1024).fill(0x41)
  let pulled = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += piece.length
      if (pulled > 2 * 1024 ** 3) controller.close()
      else controller.enqueue(piece)
    },
  })
  return { body, pulledBytes: () => pulled }
}

describe('a real carrier that was changed on its way', () => {
  it('gives every whole line its outcome, whatever befell the others, and nothing is stored twice', async () => {
    const part = await aPart()
    const envelopes = [await sealedBy(whole, tablet, { parts: [part.name] }), await sealedBy(whole, tablet), await sealedBy(whole, tablet)]
    const lines = [...envelopes.map(lineOf), part.line].map((line) => line.trimEnd())
    const foreign = JSON.stringify({ part: base64url(new Uint8Array(32)), bytes: 'QUJD' })
    const order = fc.array(fc.oneof({ weight: 9, arbitrary: fc.nat({ max: 3 }) }, { weight: 2, arbitrary: fc.constant('foreign' as const) }), { minLength: 1, maxLength: 7 })
    const changed = fc.record({ order, end: fc.constantFrom('\n', '\r\n', '\n\n'), mark: fc.boolean(), cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true })) })
    // All of them are here from the first run on: later runs can only repeat, and must not add.
    await answersOf(await post('/desk/api/carriers', `${lines.join('\n')}\n`))
    await whole.opener.settled()
    const before = await countRows(whole)

    await fc.assert(
      fc.asyncProperty(changed, async ({ order: places, end, mark, cut }) => {
        const written = places.map((place) => (place === 'foreign' ? foreign : (lines[place] ?? '')))
        const whole_ = `${mark ? '\uFEFF' : ''}${written.join(end)}`
        const text = cut === null ? whole_ : textUpTo(whole_, cut)
        const answers = await answersOf(await post('/desk/api/carriers', text))
        const got = text.split('\n').flatMap((line, at) => (line.trim() === '' ? [] : [{ at, line: line.trim() }]))
        expect(answers.map(({ line }) => line)).toEqual(got.map(({ at }) => at))
        for (const [at, { line }] of got.entries()) {
          const answer = answers[at]
          if (lines.includes(line)) expect(answer, line.slice(0, 80)).not.toHaveProperty('problem')
          else expect(answer, line.slice(0, 80)).toHaveProperty('problem')
        }
      }),
      { numRuns: 60 },
    )

    expect(changes(before, await countRows(whole))).toEqual({})
  })
})

const textUpTo = (text: string, share: number): string => text.slice(0, Math.floor(text.length * share))

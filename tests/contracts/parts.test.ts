// Parts that the office did not ask for, or that are not what they say: each has its answer, and nothing of them is kept.
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Bytes } from '../../core/bytes.ts'
import { sha256 } from '../../core/sealing/digest.ts'
import { signHeader } from '../../core/sealing/header.ts'
import { maxPartBytes } from '../../core/sealing/limits.ts'
import { kindOfProblem } from '../../core/wire/problem.ts'
import { carrierType, writeCarrierLine } from '../../core/wire/carrier.ts'
import type { CaseFile } from '../../core/wire/desk.ts'
import { anId, birth } from '../support/office.ts'
import { anAttachment } from '../support/photos.ts'
import { aWholeOffice, changes, countRows, origin, type WholeOffice } from '../support/wholeOffice.ts'
import { anOfficer, aTablet, kindIn, outcomeIn, put, sealedBy, type EnvelopeChanges, type Tablet } from '../support/wholeTablet.ts'

let whole: WholeOffice
let tablet: Tablet
let other: Tablet
let officer: Awaited<ReturnType<typeof anOfficer>>
let before: { rows: Record<string, number>; files: number }

beforeAll(async () => {
  whole = await aWholeOffice()
  tablet = await aTablet(whole)
  other = await aTablet(whole)
  officer = await anOfficer(whole)
})
afterAll(() => whole.close())
beforeEach(() => look())

async function look(): Promise<void> {
  await whole.opener.settled()
  before = { rows: await countRows(whole), files: filesOf() }
}

/** What was added since the last look: rows by table, and files of parts. */
async function added(): Promise<Record<string, number>> {
  await whole.opener.settled()
  return { ...changes(before.rows, await countRows(whole)), files: filesOf() - before.files }
}

function filesOf(): number {
  const { partsFolder } = whole.office.config
  return existsSync(partsFolder) ? readdirSync(partsFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length : 0
}

const aPart = async (): Promise<{ name: string; bytes: Bytes }> => {
  const bytes = crypto.getRandomValues(new Uint8Array(300))
  return { name: await sha256(bytes), bytes }
}

const send = (name: string, body: BodyInit, more: object = {}): Promise<Response> =>
  whole.ask(`/api/v1/parts/${name}`, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body, ...more })

const announcing = (names: string[], more: EnvelopeChanges = {}) =>
  sealedBy(whole, tablet, { ...more, parts: names, application: { ...more.application, attachments: [anAttachment({ parts: names })] } })

it('a part of an application that was refused with a signature is not announced', async () => {
  const { name, bytes } = await aPart()
  const envelope = await announcing([name])
  const stolen = { id: envelope.id, digest: envelope.digest, device: other.device.device, pack: birth, parts: [name], seq: 1 }
  const refused = await put(whole, { ...envelope, header: await signHeader(stolen, other.device.privateKey) })
  await look()
  const answer = await send(name, bytes)

  expect(await outcomeIn(whole, refused, stolen)).toMatchObject({ kind: 'refused' })
  expect([answer.status, await kindIn(answer), await added()]).toEqual([404, 'partNotAnnounced', { files: 0 }])
})

it('a part of a disputed content is not announced: an officer decides first', async () => {
  const { name, bytes } = await aPart()
  const id = anId()
  await put(whole, await sealedBy(whole, tablet, { application: { id } }))
  const disputed = await put(whole, await announcing([name], { application: { id } }))
  await look()
  const answer = await send(name, bytes)

  expect(disputed.status).toBe(409)
  expect([answer.status, await kindIn(answer), await added()]).toEqual([404, 'partNotAnnounced', { files: 0 }])
})

it('a part that is on its way when an officer refuses is taken in, and changes nothing of the decision', async () => {
  const { name, bytes } = await aPart()
  const envelope = await announcing([name])
  await put(whole, envelope)
  await whole.opener.settled()
  const decided = await officer.decide(envelope.id, 'refuse', { message: 'Không thuộc thẩm quyền' })
  await look()
  const answer = await send(name, bytes)
  const file = (await (await officer.get(`/cases/${envelope.id}`)).json()) as CaseFile

  expect([decided.status, answer.status, file.case.status, file.parts]).toEqual([200, 204, 'refused', { announced: 1, missing: 0 }])
  expect(await added()).toEqual({ events: 1, outcomes: 1, parts_stored: 1, files: 1 })
})

it('a part of an application that is whole, and that a tablet has given up, adds nothing when it comes again', async () => {
  const { name, bytes } = await aPart()
  await put(whole, await announcing([name]))
  await send(name, bytes)
  await look()
  const again = await send(name, bytes)
  const changed = await send(name, bytes.map((byte) => byte ^ 1))

  expect([again.status, changed.status, await kindIn(changed), await added()]).toEqual([204, 400, 'digestMismatch', { files: 0 }])
  expect(await whole.office.parts.check(name)).toBe('whole')
})

it('a part that the disk of the office has changed since is put right by whoever brings it again', async () => {
  const { name, bytes } = await aPart()
  await put(whole, await announcing([name]))
  await send(name, bytes)
  await look()
  writeFileSync(join(whole.office.config.partsFolder, name.slice(0, 2), name), bytes.slice(1))
  const before = await whole.office.parts.check(name)
  const again = await send(name, bytes)

  expect([before, again.status, await whole.office.parts.check(name)]).toEqual(['damaged', 204, 'whole'])
  expect(await added()).toEqual({ files: 0 })
})

it('many who bring the same part at once are all told that it is there, and it is whole once', async () => {
  const { name, bytes } = await aPart()
  await put(whole, await announcing([name]))
  await look()
  const answers = await Promise.all(Array.from({ length: 8 }, () => send(name, bytes)))

  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 204))
  expect(await added()).toEqual({ events: 1, outcomes: 1, parts_stored: 1, files: 1 })
})

it('a part that does not say how long it is, and is too long, is read no further', async () => {
  const { name } = await aPart()
  await put(whole, await announcing([name]))
  await look()
  let pieces = 0
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pieces += 1
      if (pieces > 200) controller.close()
      else controller.enqueue(new Uint8Array(maxPartBytes / 4))
    },
  })
  const answer = await send(name, endless, { duplex: 'half' })

  expect([answer.status, await kindIn(answer), await added()]).toEqual([413, 'partTooLarge', { files: 0 }])
  expect(pieces).toBeLessThan(10)
})

it.each([
  ['nothing', () => new Uint8Array(0)],
  ['what is a byte short', (bytes: Bytes) => bytes.slice(1)],
  ['what is a byte longer', (bytes: Bytes) => new Uint8Array([...bytes, 0])],
])('%s is not the part that was announced', async (_, harm) => {
  const { name, bytes } = await aPart()
  await put(whole, await announcing([name]))
  await look()
  const answer = await send(name, harm(bytes))

  expect([answer.status, await kindIn(answer), await added()]).toEqual([400, 'digestMismatch', { files: 0 }])
})

it.each([
  ['over the network', '/api/v1/carriers'],
  ['at the desk', '/desk/api/carriers'],
])('in a carrier %s each such line has its own answer, and the good one between them comes in', async (_, path) => {
  const [good, unknown, long] = [await aPart(), await aPart(), new Uint8Array(maxPartBytes + 1)]
  await put(whole, await announcing([good.name, await sha256(long)]))
  await look()
  const lines = [
    { part: unknown.name, bytes: unknown.bytes },
    { part: good.name, bytes: unknown.bytes },
    { part: good.name, bytes: good.bytes },
    { part: await sha256(long), bytes: long },
  ]
  const body = lines.map((line) => writeCarrierLine({ kind: 'part', ...line })).join('')
  const answer = await whole.ask(path, { method: 'POST', headers: { 'Content-Type': carrierType, Cookie: officer.cookie, Origin: origin }, body })
  const told = (await answer.text()).trim().split('\n').map((line) => JSON.parse(line) as { stored?: string; problem?: unknown })

  expect(told.map(({ stored, problem }) => stored ?? kindOfProblem(problem))).toEqual(['partNotAnnounced', 'digestMismatch', good.name, 'partTooLarge'])
  expect(await added()).toEqual({ parts_stored: 1, files: 1 })
})

// Photos at the office: parts come in, and an officer alone sees them, opened for one answer and stored by nobody.
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as v from 'valibot'
import type { Attachment } from '../../core/application/attachment.ts'
import { base64url, concat, sameBytes, type Bytes } from '../../core/bytes.ts'
import { cutIntoParts, type SealedPart } from '../../core/sealing/parts.ts'
import { caseShape } from '../../core/wire/desk.ts'
import { aJpeg, anAttachment } from '../support/photos.ts'
import { aWholeOffice, type WholeOffice } from '../support/wholeOffice.ts'
import { anOfficer, aTablet, kindIn, put, sealedBy, type Tablet } from '../support/wholeTablet.ts'

let whole: WholeOffice
let tablet: Tablet
let officer: Awaited<ReturnType<typeof anOfficer>>

beforeAll(async () => {
  whole = await aWholeOffice()
  tablet = await aTablet(whole)
  officer = await anOfficer(whole)
})
afterAll(() => whole.close())

/** A photo of two parts. */
const photo = concat(aJpeg({ widthPx: 1500, heightPx: 2000, cut: true }), new Uint8Array(300_000), new Uint8Array([0xff, 0xd9]))
const aKey = (): Bytes => crypto.getRandomValues(new Uint8Array(32))

/** One attachment, cut as a tablet cuts it. */
async function taken(content: Bytes = photo, changes: Partial<Attachment> = {}) {
  const [key, id] = [aKey(), crypto.randomUUID()]
  const parts = await cutIntoParts(content, id, key)
  return { parts, attachment: anAttachment({ id, key: base64url(key), sizeBytes: content.length, parts: parts.map(({ name }) => name), ...changes }) }
}

async function delivered(attachments: readonly Attachment[]) {
  const sealed = await sealedBy(whole, tablet, { parts: attachments.flatMap(({ parts }) => parts), application: { attachments: [...attachments] } })
  await put(whole, sealed)
  await whole.opener.settled()
  return sealed.id
}

const send = async (parts: readonly SealedPart[]): Promise<number[]> => {
  const answers: number[] = []
  for (const { name, bytes } of parts) {
    const answer = await whole.ask(`/api/v1/parts/${name}`, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body: bytes })
    answers.push(answer.status)
  }
  return answers
}

const photosOf = async (id: string) => v.parse(caseShape, await (await officer.get(`/cases/${id}`)).json()).photos

it('an officer sees which photos are on their way, and each of them once it is there', async () => {
  const [first, second] = [await taken(), await taken(photo, { order: 2 })]
  const id = await delivered([first.attachment, second.attachment])
  await send([...first.parts, ...second.parts.slice(0, 1)])

  expect((await photosOf(id)).map(({ document, order, missing }) => [document, order, missing])).toEqual([
    ['giayChungSinh', 1, 0],
    ['giayChungSinh', 2, 1],
  ])
  const answer = await officer.get(`/cases/${id}/attachments/${first.attachment.id}`)
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control'), answer.headers.get('x-content-type-options')]).toEqual([
    200, 'image/jpeg', 'no-store', 'nosniff',
  ])
  expect(sameBytes(new Uint8Array(await answer.arrayBuffer()), photo)).toBe(true)
  const coming = await officer.get(`/cases/${id}/attachments/${second.attachment.id}`)
  expect([coming.status, await kindIn(coming)]).toEqual([404, 'notFound'])
})

it('nobody but an officer sees a photo, and not under another case', async () => {
  const [one, other] = [await taken(), await taken()]
  const [id, otherId] = [await delivered([one.attachment]), await delivered([other.attachment])]
  await send([...one.parts, ...other.parts])

  const path = `/desk/api/cases/${id}/attachments/${one.attachment.id}`
  expect((await whole.ask(path)).status).toBe(401)
  expect((await officer.get(`/cases/${otherId}/attachments/${one.attachment.id}`)).status).toBe(404)
  expect((await officer.get(`/cases/${id}/attachments/..%2f..%2fsecret`)).status).toBe(404)
  expect((await officer.get(`/cases/no-case/attachments/${one.attachment.id}`)).status).toBe(404)
})

it('what is no photo never goes out as one, whatever the application says it is', async () => {
  const page = await taken(new TextEncoder().encode('<!doctype html><script>alert(1)</script>'), { mediaType: 'image/jpeg' })
  const wrongKey = await taken(photo, { key: base64url(aKey()) })
  const id = await delivered([page.attachment, wrongKey.attachment])
  await send([...page.parts, ...wrongKey.parts])

  for (const { attachment } of [page, wrongKey]) {
    const answer = await officer.get(`/cases/${id}/attachments/${attachment.id}`)
    expect([answer.status, await kindIn(answer)]).toEqual([415, 'unsupportedType'])
  }
})

it('more than an office opens at once is not opened', async () => {
  const { parts } = await taken(new Uint8Array(33 * 262_144))
  const large = anAttachment({ id: crypto.randomUUID(), parts: parts.map(({ name }) => name) })
  const id = await delivered([large])

  const answer = await officer.get(`/cases/${id}/attachments/${large.id}`)
  expect([answer.status, await kindIn(answer)]).toEqual([413, 'tooLarge'])
})

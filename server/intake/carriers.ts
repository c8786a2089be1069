/**
 * A carrier read as a stream: line by line, each judged alone, so that a bad line touches no other (invariant 8). Memory
 * holds one line and the answers. What goes beyond the limits is answered once with `tooLarge` and read no further.
 */
import { textOf, concat } from '../../core/bytes.ts'
import { failure, type Failure } from '../../core/failures.ts'
import { maxCarrierBytes, maxCarrierLineBytes, maxCarrierLines } from '../../core/sealing/limits.ts'
import type { CarrierAnswer } from '../../core/wire/answer.ts'
import { parseCarrierLine } from '../../core/wire/carrier.ts'
import { problemOf } from '../../core/wire/problem.ts'
import { errorFields } from '../log.ts'
import type { Office } from '../office.ts'
import { troubleOf } from '../postgres/trouble.ts'
import type { Road } from './accept.ts'
import { receivePart } from './parts.ts'
import { receive } from './receive.ts'

/** The answers to a carrier's lines, in order; empty lines are counted and not answered. */
export async function receiveCarrier(office: Office, body: ReadableStream<Uint8Array> | null, road: Road): Promise<readonly CarrierAnswer[]> {
  const answers: CarrierAnswer[] = []
  let line = 0
  for await (const read of linesOf(body)) {
    if (line >= maxCarrierLines || read === 'full') {
      answers.push(refusal(line, failure('tooLarge', 'carrier')))
      break
    }
    if (read === 'long') answers.push(refusal(line, failure('tooLarge', 'carrier line')))
    else if (read === 'bytes') answers.push(refusal(line, failure('malformed', 'not UTF-8')))
    else if (read.text.trim() !== '') answers.push(await answerLine(office, read.text, line, road))
    line += 1
  }
  return answers
}

async function answerLine(office: Office, text: string, line: number, road: Road): Promise<CarrierAnswer> {
  try {
    const parsed = parseCarrierLine(text)
    if (!parsed.ok) return refusal(line, parsed.failure)
    if (parsed.value.kind === 'part') {
      const { part, bytes } = parsed.value
      const stored = await receivePart(office, part, bytes)
      return stored.ok ? { line, stored: part } : refusal(line, stored.failure)
    }
    const received = await receive(office, parsed.value.envelope, road, null)
    return received.kind === 'problem' ? refusal(line, received.failure) : { line, ...received.answer }
  } catch (cause) {
    const trouble = troubleOf(cause)
    if (trouble === null) office.log.error('broken', errorFields(cause))
    return refusal(line, trouble ?? failure('officeDown'))
  }
}

function refusal(line: number, refused: Failure): CarrierAnswer {
  return { line, problem: problemOf(refused) }
}

type Line = { readonly text: string } | 'long' | 'bytes' | 'full'

const lineFeed = 0x0a

/** Lines of a stream of bytes; one that is too long comes as 'long' and is never held, and after 50 MiB comes 'full'. */
async function* linesOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Line> {
  let pieces: Uint8Array[] = []
  let size = 0
  let total = 0
  const finish = (): Line => {
    const text = size > maxCarrierLineBytes ? null : textOf(concat(...pieces))
    const line = size > maxCarrierLineBytes ? 'long' : text === null ? 'bytes' : { text }
    pieces = []
    size = 0
    return line
  }
  for await (const chunk of chunksOf(body)) {
    total += chunk.length
    if (total > maxCarrierBytes) {
      yield 'full'
      return
    }
    let from = 0
    for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, from)) {
      size += at - from
      if (size <= maxCarrierLineBytes) pieces.push(chunk.subarray(from, at))
      yield finish()
      from = at + 1
    }
    size += chunk.length - from
    if (size <= maxCarrierLineBytes) pieces.push(chunk.subarray(from))
    else pieces = []
  }
  if (size > 0) yield finish()
}

async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (body === null) return
  const reader = body.getReader()
  try {
    for (;;) {
      const piece = await readOrEnd(reader)
      if (piece === null) return
      yield piece
    }
  } finally {
    reader.releaseLock()
  }
}

/** A sender that breaks off ends the carrier: whole lines before that were taken in and stay. */
async function readOrEnd(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | null> {
  try {
    const { done, value } = await reader.read()
    return done ? null : value
  } catch (cause) {
    if (cause instanceof Error) return null
    throw cause
  }
}

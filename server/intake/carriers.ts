/**
 * A carrier read as a stream: line by line, each judged alone, so that a bad line touches no other (invariant 8). Memory
 * holds one line and the answers. What goes beyond the limits is answered once with `tooLarge` and read no further.
 * An application whose photos came in the same carrier is answered with what it has become by the end of it.
 */
import { textOf, concat } from '../../core/bytes.ts'
import { failure, type Failure } from '../../core/failures.ts'
import { maxCarrierBytes, maxCarrierLineBytes, maxCarrierLines } from '../../core/sealing/limits.ts'
import type { CarrierAnswer } from '../../core/wire/answer.ts'
import { parseCarrierLine } from '../../core/wire/carrier.ts'
import { problemOf } from '../../core/wire/problem.ts'
import { errorFields } from '../log.ts'
import type { IntakeOffice } from '../office.ts'
import { troubleOf } from '../postgres/trouble.ts'
import type { Road } from './accept.ts'
import { findOutcome, type About } from './outcomes.ts'
import { countPart, missingParts, receivePart } from './parts.ts'
import { receive } from './receive.ts'

/** True when a request says itself that it is more than a carrier may be: then nothing of it is read. */
export function isTooLarge({ headers }: Request): boolean {
  return Number(headers.get('content-length') ?? 0) > maxCarrierBytes
}

/** The answers to a carrier's lines, in order; empty lines are counted and not answered. */
export async function receiveCarrier(office: IntakeOffice, body: ReadableStream<Uint8Array> | null, road: Road): Promise<readonly CarrierAnswer[]> {
  const answers: CarrierAnswer[] = []
  const waiting = new Map<number, About>()
  let line = 0
  for await (const read of linesOf(body)) {
    if (line >= maxCarrierLines || read === 'full') {
      answers.push(refusal(line, failure('tooLarge', 'carrier')))
      break
    }
    if (read === 'long') answers.push(refusal(line, failure('tooLarge', 'carrier line')))
    else if (read === 'bytes') answers.push(refusal(line, failure('malformed', 'not UTF-8')))
    else if (read.text.trim() !== '') answers.push(await answerLine(office, read.text, { line, road, waiting }))
    line += 1
  }
  return answers.some((answer) => 'stored' in answer) ? lookAgain(office, answers, waiting) : answers
}

/** Applications that lacked parts when their line was read may have got them by later lines. A database that is away changes no answer. */
async function lookAgain(office: IntakeOffice, answers: readonly CarrierAnswer[], waiting: ReadonlyMap<number, About>): Promise<readonly CarrierAnswer[]> {
  const now: CarrierAnswer[] = []
  try {
    for (const answer of answers) {
      const about = 'outcome' in answer ? waiting.get(answer.line) : undefined
      now.push(about === undefined ? answer : await asItIsNow(office, answer, about))
    }
    return now
  } catch (cause) {
    if (troubleOf(cause) === null) throw cause
    return answers
  }
}

async function asItIsNow({ db }: IntakeOffice, answer: CarrierAnswer, about: About): Promise<CarrierAnswer> {
  const stored = await findOutcome(db, about, ['complete'])
  if (stored !== null) return { line: answer.line, outcome: stored.statement, missing: [] }
  return { ...answer, missing: [...(await missingParts(db, about.id))] }
}

interface Reading {
  readonly line: number
  readonly road: Road
  /** Lines whose applications are here and not whole. */
  readonly waiting: Map<number, About>
}

async function answerLine(office: IntakeOffice, text: string, { line, road, waiting }: Reading): Promise<CarrierAnswer> {
  try {
    const parsed = parseCarrierLine(text)
    if (!parsed.ok) return refusal(line, parsed.failure)
    if (parsed.value.kind === 'part') {
      const waitMs = road === 'http' ? await countPart(office, parsed.value.part) : null
      if (waitMs !== null) return refusal(line, { kind: 'busy', retryAfterMs: waitMs })
      const { part, bytes } = parsed.value
      const stored = await receivePart(office, part, bytes)
      return stored.ok ? { line, stored: part } : refusal(line, stored.failure)
    }
    const received = await receive(office, parsed.value.envelope, road, null)
    if (received.kind === 'problem') return refusal(line, received.failure)
    if (received.answer.missing.length > 0) waiting.set(line, received.about)
    return { line, ...received.answer }
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
    // Not cancelled: that would end the connection before the answers are on it.
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

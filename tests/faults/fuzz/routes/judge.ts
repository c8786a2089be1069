/** What may be answered to anything at all: a success, or a refusal that names a known kind and quotes nothing. */
import { textOf } from '../../../../core/bytes.ts'
import { kindOfProblem, problemContentType } from '../../../../core/wire/problem.ts'
import { outcomeType } from '../../../../core/wire/answer.ts'
import { marksIn } from '../marks.ts'
import { headerOf, type Answer, type Answers, type Wire } from './wire.ts'

/** What is wrong with the answers to a request, or null. */
export function troubleIn(answers: Answers, wire: Wire): string | null {
  if (answers === null) return 'no answer in time'
  if (answers.length === 0) return wire.raw === undefined ? 'the connection ended without an answer' : null
  return answers.map((answer) => troubleOf(answer, wire)).find((trouble) => trouble !== null) ?? null
}

function troubleOf(answer: Answer, wire: Wire): string | null {
  const { status } = answer
  if (status >= 500) return `${status}`
  if (status >= 300 && status < 400 && status !== 304) return `${status}, and nothing of ours sends anybody elsewhere`
  if (status < 400) return null
  if (!isKnownRefusal(answer, wire)) return `${status} is no problem of a known kind`
  if ((status === 429 || status === 503) && headerOf(answer, 'retry-after') === null) return `${status} without Retry-After`
  const said = `${answer.headers.map((field) => field.join(': ')).join('\n')}\n${Buffer.from(answer.body).toString('latin1')}`
  const [quoted] = marksIn(said)
  return quoted === undefined ? null : `${status} quotes what was sent: ${quoted}`
}

function isKnownRefusal(answer: Answer, wire: Wire): boolean {
  const type = headerOf(answer, 'content-type')
  if (answer.body.length === 0 && wire.method === 'HEAD') return type === problemContentType
  // Signed refusals and disputes are the office's word about an envelope, and no problem.
  if (type === outcomeType) return answer.status === 409 || answer.status === 422
  if (type !== problemContentType) return false
  const body = parsed(answer)
  return kindOfProblem(body) !== null && (body as { status: unknown }).status === answer.status
}

function parsed({ body }: Answer): unknown {
  try {
    return JSON.parse(textOf(body) ?? '')
  } catch (cause) {
    if (cause instanceof SyntaxError) return null
    throw cause
  }
}

/** What a piece of the log shows that it must not: words of an input, or a trouble that the office did not expect. */
export function troubleInLog(log: string): readonly string[] {
  const unexpected = log.split('\n').filter((line) => /"msg":"(broken|opening failed)"/.test(line)).map((line) => `logged: ${line.slice(0, 900)}`)
  return [...marksIn(log).map((quoted) => `the log quotes what was sent: ${quoted}`), ...unexpected]
}

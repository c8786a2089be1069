/**
 * Everything that the road does to a request in the fault lab, one entry a kind. Each does its harm and says whether it
 * really hit: a cut behind the last byte is no cut.
 */
import { outcomeType } from '../../../core/wire/answer.ts'
import { outcomesType } from '../../../core/wire/carrier.ts'
import type { Chance } from '../lab/chance.ts'
import type { Answer, Exchange } from './exchange.ts'
import type { Forger } from './forger.ts'

export interface Road {
  readonly chance: Chance
  /** Waits, in milliseconds of the run. */
  readonly wait: (ms: number) => Promise<void>
  /** Answers that passed by before, for a cache that mixes them up, by what was asked for. */
  readonly seen: SeenAnswers
  /** Makes up outcomes; null on a road where nobody does. */
  readonly forger: Forger | null
}

/** The last answers of each kind of request. */
export class SeenAnswers {
  private readonly answers = new Map<string, Answer[]>()

  note({ request }: Exchange, answer: Answer): void {
    const kind = kindOf(request)
    const seen = [...(this.answers.get(kind) ?? []), answer].slice(-20)
    this.answers.set(kind, seen)
  }

  /** An earlier answer to the same kind of request. */
  pick({ request }: Exchange, chance: Chance): Answer | null {
    const seen = this.answers.get(kindOf(request)) ?? []
    return seen.length === 0 ? null : chance.pick(seen)
  }
}

/** Method and collection, without the name of the one thing. */
function kindOf({ method = '', url = '' }: Exchange['request']): string {
  return `${method} ${url.split('/').slice(0, 4).join('/')}`
}

type RoadFault = (exchange: Exchange, road: Road) => Promise<boolean>

/** An answer that somebody on the way makes up. */
const says = (status: number, body: string, headers: Record<string, string> = {}): RoadFault => async (exchange) => {
  exchange.answer({ status, headers: { 'content-type': 'text/html', ...headers }, body: Buffer.from(body) })
  return true
}

const problem = (status: number, kind: string, headers: Record<string, string> = {}): RoadFault =>
  says(status, JSON.stringify({ type: `urn:tiepsuc:problem:${kind}`, title: kind, status }), { 'content-type': 'application/problem+json', ...headers })

const loginPage = '<!doctype html><title>Wi-Fi</title><form action="/login">Đăng nhập</form>'

const hangsUp = (how: 'FIN' | 'RST'): RoadFault => async (exchange) => {
  exchange.hangUp(how)
  return true
}

const cutsRequest = (how: 'FIN' | 'RST'): RoadFault => async (exchange, { chance }) => {
  if (exchange.body.length < 2) return false
  await exchange.forwardCut(1 + chance.below(exchange.body.length - 1))
  exchange.hangUp(how)
  return true
}

const cutsAnswer = (how: 'FIN' | 'RST'): RoadFault => async (exchange, { chance }) => {
  const answer = await exchange.forward()
  if (answer === null || answer.body.length < 2) {
    exchange.hangUp(how)
    return answer !== null
  }
  exchange.answerCut(answer, chance.below(answer.body.length - 1), how)
  return true
}

/** Passes an answer on after changing it; a request that found no office is hung up and no hit. */
const changesAnswer = (change: (answer: Answer, road: Road, exchange: Exchange) => Answer | null): RoadFault => async (exchange, road) => {
  const answer = await exchange.forward()
  const changed = answer === null ? null : change(answer, road, exchange)
  if (changed === null) exchange.hangUp('FIN')
  else exchange.answer(changed)
  return changed !== null
}

function flipped(bytes: Buffer, chance: Chance): Buffer {
  const changed = Buffer.from(bytes)
  const at = chance.below(changed.length)
  changed.writeUInt8(changed.readUInt8(at) ^ (1 << chance.below(8)), at)
  return changed
}

/** Silence for an hour: who never gives up waits for ever. */
async function untilGivenUp(exchange: Exchange, wait: Road['wait']): Promise<void> {
  for (let seconds = 0; seconds < 3_600 && !exchange.isOver; seconds += 1) await wait(1_000)
  exchange.hangUp('FIN')
}

/** Passes a request on and then once more, `laterMs` after; both reach the office. */
const twice = (laterMs: number): RoadFault => async (exchange, { wait }) => {
  const answer = await exchange.forward()
  if (laterMs === 0) await exchange.forward()
  else void wait(laterMs).then(() => exchange.forward())
  if (answer === null) exchange.hangUp('FIN')
  else exchange.answer(answer)
  return answer !== null
}

/** Answers what was sent as if the office had taken it, and gives the office nothing. */
const forgesOutcome: RoadFault = async (exchange, { forger }) => {
  const text = exchange.body.toString('utf8')
  const isCarrier = exchange.request.url?.endsWith('/carriers') === true
  const outcomes = forger === null ? [] : await Promise.all((isCarrier ? text.trimEnd().split('\n') : [text]).map((line) => forger.forge(line)))
  if (outcomes.length === 0 || outcomes.includes(null)) {
    exchange.hangUp('FIN')
    return false
  }
  const answers = outcomes.map((outcome, line) => JSON.stringify({ ...(isCarrier ? { line } : {}), outcome, missing: [] }))
  exchange.answer({ status: 200, headers: { 'content-type': isCarrier ? outcomesType : outcomeType }, body: Buffer.from(`${answers.join('\n')}\n`) })
  return true
}

export const roadFaults = {
  outcomeForged: forgesOutcome,
  hangUpBefore: hangsUp('FIN'),
  resetBefore: hangsUp('RST'),
  requestCutFin: cutsRequest('FIN'),
  requestCutReset: cutsRequest('RST'),
  answerSwallowed: async (exchange) => {
    const answer = await exchange.forward()
    exchange.hangUp('FIN')
    return answer !== null
  },
  answerCutFin: cutsAnswer('FIN'),
  answerCutReset: cutsAnswer('RST'),
  blackHoleBefore: async (exchange, { wait }) => {
    await untilGivenUp(exchange, wait)
    return true
  },
  blackHoleAfter: async (exchange, { wait }) => {
    const answer = await exchange.forward()
    await untilGivenUp(exchange, wait)
    return answer !== null
  },
  arrivesLate: async (exchange, { wait }) => {
    exchange.hangUp('RST')
    await wait(5_000)
    return (await exchange.forward()) !== null
  },
  twice: twice(0),
  twiceMuchLater: twice(20_000),
  slow: async (exchange, { wait, chance }) => {
    await wait(chance.below(8_000))
    const answer = await exchange.forward()
    if (answer === null) exchange.hangUp('FIN')
    else exchange.answer(answer)
    return answer !== null
  },
  requestFlipped: async (exchange, { chance }) => {
    if (exchange.body.length === 0) return false
    const answer = await exchange.forward(flipped(exchange.body, chance))
    if (answer === null) exchange.hangUp('FIN')
    else exchange.answer(answer)
    return answer !== null
  },
  answerFlipped: changesAnswer((answer, { chance }) => (answer.body.length === 0 ? null : { ...answer, body: flipped(answer.body, chance) })),
  answerOfAnother: changesAnswer((_answer, { seen, chance }, exchange) => seen.pick(exchange, chance)),
  /** A cache answers by itself, and the office hears nothing. */
  answerFromCache: async (exchange, { seen, chance }) => {
    const answer = seen.pick(exchange, chance)
    if (answer === null) exchange.hangUp('FIN')
    else exchange.answer(answer)
    return answer !== null
  },
  answerEmptied: changesAnswer((answer) => ({ ...answer, body: Buffer.alloc(0) })),
  answerAsText: changesAnswer((answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': 'text/plain' } })),
  statusTurnedBad: changesAnswer((answer) => ({ ...answer, status: 500 })),
  statusTurnedGood: changesAnswer((answer) => ({ ...answer, status: 200 })),
  portalPage: says(200, loginPage),
  portalRedirect: says(302, '', { location: 'http://login.invalid/' }),
  portal511: says(511, loginPage),
  friendlyJson: says(200, '{"ok":true,"status":"received"}', { 'content-type': 'application/json' }),
  badGateway: says(502, '<h1>Bad Gateway</h1>'),
  serverError: problem(500, 'officeDown'),
  unavailable: problem(503, 'unavailable', { 'retry-after': '2' }),
  unavailableForAYear: problem(503, 'unavailable', { 'retry-after': '31536000' }),
  tooMany: problem(429, 'busy', { 'retry-after': '-5' }),
  officeFull: problem(507, 'officeFull'),
  notFoundByProxy: says(404, '<h1>Not Found</h1>'),
  unsignedMalformed: problem(400, 'malformed'),
  unsignedConflict: problem(409, 'conflict'),
  unsignedTooLarge: problem(413, 'tooLarge'),
  unsignedType: problem(415, 'unsupportedType'),
  unsignedUnknown: problem(422, 'deviceUnknown'),
  unsignedGone: problem(410, 'deviceRevoked'),
  unsignedSignIn: problem(401, 'notSignedIn'),
  unsignedUpdate: problem(426, 'updateNeeded'),
} as const satisfies Record<string, RoadFault>

export type RoadFaultKind = keyof typeof roadFaults
export const roadFaultKinds = Object.keys(roadFaults) as readonly RoadFaultKind[]

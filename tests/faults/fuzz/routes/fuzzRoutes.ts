/**
 * Every operation of the document gets requests that are good but for one change, and a judge reads each answer and the
 * log: no 5xx, no end of the office, every refusal a problem of a known kind, and no word of an input anywhere.
 */
import { chanceOf, weighed, type Chance } from '../../lab/chance.ts'
import { markOf } from '../marks.ts'
import { pollution } from '../parsers/fuzzParsers.ts'
import { brokenFrame } from './brokenFrame.ts'
import { changedDraft, type DraftChange } from './changeDraft.ts'
import { changedHeader, changedMethod } from './changeWire.ts'
import { populate } from './delivered.ts'
import { goodDraft } from './goodDraft.ts'
import { troubleIn, troubleInLog } from './judge.ts'
import { operationsIn, type Operation } from './operations.ts'
import { setScene, type Scene } from './scene.ts'
import { signed } from './signDraft.ts'
import type { FuzzedOffice } from './targets.ts'
import { headerOf, type Answers, type Wire } from './wire.ts'

export interface RouteFinding {
  readonly operation: string
  readonly input: number
  readonly trouble: string
  /** How the request began. */
  readonly sent: string
}

export interface RoutesRun {
  readonly office: FuzzedOffice['name']
  /** By operation: how often each status was answered; 0 stands for no answer at all. */
  readonly answered: ReadonlyMap<string, ReadonlyMap<number, number>>
  readonly findings: readonly RouteFinding[]
}

export interface Wanted {
  readonly inputs: number
  readonly seed: number
  /** Only operations whose name holds this. */
  readonly only?: string
  readonly tell?: (tried: number) => void
}

type Change = DraftChange | 'none' | 'proof' | 'header' | 'method' | 'frame'

/** One of nine is good as it is: an operation that never succeeds is not reached by what is nearly good either. */
const whichChange = weighed<Change>([[2, 'none'], [4, 'body'], [1, 'text'], [3, 'path'], [1, 'query'], [1, 'proof'], [2, 'header'], [1, 'method'], [3, 'frame']])
const lanes = 8
/** The first rounds are good, so that there is something to change. */
const goodRounds = 2
const looksEvery = 1_000
const mostFindings = 40

/** Runs until the inputs are used up, or there are too many findings to read. */
export async function fuzzRoutes(office: FuzzedOffice, { inputs, seed, only = '', tell }: Wanted): Promise<RoutesRun> {
  const scene = await setScene(office.door)
  await populate(scene)
  const all = operationsIn(await (await office.door.ask('/api/openapi.json')).json())
  const operations = all.filter(({ name }) => name.includes(only))
  if (operations.length === 0) throw new RangeError(`no operation is named ${only}`)
  const rounds = roundsOf(operations)
  const answered = new Map(operations.map(({ name }) => [name, new Map<number, number>()]))
  const findings: RouteFinding[] = []
  let next = 0
  const lookAround = async (): Promise<void> => {
    const troubles = [...troubleInLog(office.takeLog()), ...(await office.ailing()), ...[pollution()].filter((left) => left !== null)]
    for (const trouble of troubles) findings.push({ operation: 'any', input: next, trouble, sent: '' })
  }
  const lane = async (): Promise<void> => {
    while (next < inputs && findings.length < mostFindings) {
      const input = next
      next += 1
      const operation = rounds[input % rounds.length] ?? all[0]
      if (operation !== undefined) await tryOne(office, scene, operation, { input, seed, answered, findings })
      if (input % looksEvery === 0) await lookAround()
      if (input % 5_000 === 0) tell?.(input)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  await lookAround()
  return { office: office.name, answered, findings }
}

/** Slow by design: a passphrase or six words are hashed, packs are read anew, an account is made. They come in one round of four. */
const slow: readonly string[] = ['POST /api/v1/enrolments', 'POST /desk/api/first', 'POST /desk/api/sign-in', 'POST /desk/api/sign-out', 'POST /desk/api/cases/{id}/open']

function roundsOf(operations: readonly Operation[]): readonly Operation[] {
  const quick = operations.filter(({ name }) => !slow.includes(name))
  return [...operations, ...quick, ...quick, ...quick]
}

interface Tally {
  readonly input: number
  readonly seed: number
  readonly answered: Map<string, Map<number, number>>
  readonly findings: RouteFinding[]
}

async function tryOne(office: FuzzedOffice, scene: Scene, operation: Operation, { input, seed, answered, findings }: Tally): Promise<void> {
  const chance = chanceOf(Math.imul(seed, 0x9e3779b1) ^ input)
  const mark = markOf(input)
  const change = input < answered.size * goodRounds ? 'none' : whichChange(chance)
  const draft = await goodDraft({ scene, operation, chance, mark, isChanged: change !== 'none' })
  const meant = change === 'body' || change === 'text' || change === 'path' || change === 'query' ? changedDraft(draft, change, chance, mark) : draft
  const wire = await signed(meant, scene, { isProofChanged: change === 'proof', chance, mark })
  const sent = changedWire({ ...wire, headers: [...office.headers(input), ...wire.headers] }, change, office, chance, mark)
  const answers = await office.send(sent)
  const trouble = troubleIn(answers, sent)
  if (trouble !== null) findings.push({ operation: operation.name, input, trouble, sent: `${change}: ${beginning(sent)}` })
  count(answered.get(operation.name), answers)
  for (const answer of answers ?? []) {
    scene.takeNonce(headerOf(answer, 'dpop-nonce'))
    await draft.after?.(answer)
  }
}

function changedWire(wire: Wire, change: Change, { name }: FuzzedOffice, chance: Chance, mark: string): Wire {
  if (change === 'method') return changedMethod(wire, chance)
  if (change === 'header' || (change === 'frame' && name === 'in process')) return changedHeader(wire, chance, mark)
  return change === 'frame' ? brokenFrame(wire, chance, mark) : wire
}

function count(statuses: Map<number, number> | undefined, answers: Answers): void {
  for (const status of answers === null || answers.length === 0 ? [0] : answers.map((answer) => answer.status)) statuses?.set(status, (statuses.get(status) ?? 0) + 1)
}

const beginning = ({ method, target, headers, body, raw }: Wire): string =>
  raw === undefined
    ? `${method} ${target.slice(0, 200)} ${JSON.stringify(headers.filter(([name]) => name !== 'Cookie')).slice(0, 500)} ${Buffer.from(body ?? []).toString('latin1').slice(0, 400)}`
    : JSON.stringify(Buffer.from(raw).toString('latin1').slice(0, 900))

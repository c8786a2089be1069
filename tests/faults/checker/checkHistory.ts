/**
 * The judge. Reads a history and the final stores, knows nothing of how they came about, and names every breach of the
 * promise "nothing lost, nothing twice":
 *
 *   lost         finalised, and neither at the office under its digest nor anywhere on a tablet with its bytes
 *   duplicated   one id under two digests, twice among the envelopes, the cases, or the ledger's words of what came; or two
 *                ids under one number of a tablet
 *   contradicted a tablet says `complete` of what the office does not hold whole, or stored it before that was ever true; or
 *                it says another state than the office
 *   backwards    a state went back though nobody had put the office back
 *   purged       sealed bytes given up before a `complete` outcome was stored, or, held by no backup, never found again
 *   stuck        good, and still open more than 60 s after everything worked again, or put aside though nobody signed a no
 *   undecryptable accepted by the office, and does not open
 *   forged       an envelope or an outcome made up by somebody without the right to it was believed
 *   overlapping  one sender had two requests in the air: each would settle what the other is still sending
 *   misled       when everything works, a tablet says that the office does not know it, and it does
 *   silent       lost, and nobody was told
 */
import type { AtOffice, History, Line, OnTablet } from '../lab/history.ts'
import { judgeStates } from './judgeStates.ts'

export const breaches = ['lost', 'duplicated', 'contradicted', 'backwards', 'purged', 'stuck', 'undecryptable', 'forged', 'overlapping', 'misled', 'silent'] as const
export type Breach = (typeof breaches)[number]

export interface Finding {
  readonly breach: Breach
  readonly id: string
}

/** How long after healing an application may still be on its way, in the run's own time. */
export const stuckAfterMs = 60_000

/** Every breach of the promise; none is the goal. */
export function checkHistory(history: History): readonly Finding[] {
  const { lines, ending } = history
  const office = groupById(ending.office)
  const disputed = new Set((ending.disputed ?? []).map(keyOf))
  const about: About = { history, office, disputed }
  return [
    ...lost(about),
    ...ending.office.flatMap((row) => judgeEnvelope(row, office.get(row.id) ?? [])),
    ...sameNumbers(ending.office),
    ...ending.tablets.flatMap((row) => judgeRow(row, about)),
    ...judgeStates(lines),
    ...purgedTooEarly(about),
    ...stuck(about),
    ...forged(about),
    ...lines.flatMap((line): Finding[] => (line.what === 'overlapped' ? [{ breach: 'overlapping', id: line.tablet }] : [])),
    ...lines.flatMap((line): Finding[] => (line.what === 'misled' ? [{ breach: 'misled', id: line.tablet }] : [])),
  ]
}

interface About {
  readonly history: History
  readonly office: ReadonlyMap<string, readonly AtOffice[]>
  /** Id and digest of what the office keeps beside other bytes of the same id. */
  readonly disputed: ReadonlySet<string>
}

const keyOf = ({ id, digest }: { readonly id: string; readonly digest: string }): string => `${id} ${digest}`

function lost({ history: { lines, ending }, office, disputed }: About): readonly Finding[] {
  const tablets = groupById(ending.tablets)
  const told = new Set(lines.flatMap((line) => (line.what === 'alarm' ? [line.tablet] : [])))
  return lines.flatMap((line): Finding[] => {
    if (line.what !== 'finalised') return []
    const { id, digest, tablet } = line
    const isAtOffice = disputed.has(keyOf(line)) || (office.get(id)?.some((copy) => copy.digest === digest) ?? false)
    const isHeld = tablets.get(id)?.some((row) => row.held && row.digest === digest) ?? false
    if (isAtOffice || isHeld) return []
    return told.has(tablet) ? [{ breach: 'lost', id }] : [{ breach: 'lost', id }, { breach: 'silent', id }]
  })
}

function judgeEnvelope(row: AtOffice, copies: readonly AtOffice[]): readonly Finding[] {
  const { id, counts, opens } = row
  const findings: Finding[] = []
  const isTwice = (copies.length > 1 && copies[0] === row) || (counts !== undefined && Math.max(counts.received, counts.complete, counts.cases) > 1)
  if (isTwice) findings.push({ breach: 'duplicated', id })
  if (counts !== undefined && Math.min(counts.received, counts.cases) < 1) findings.push({ breach: 'contradicted', id })
  if (!opens) findings.push({ breach: 'undecryptable', id })
  return findings
}

function sameNumbers(office: readonly AtOffice[]): readonly Finding[] {
  const first = new Map<string, string>()
  return office.flatMap(({ id, number }): Finding[] => {
    if (number === undefined) return []
    const other = first.get(number)
    first.set(number, id)
    return other === undefined || other === id ? [] : [{ breach: 'duplicated', id }]
  })
}

function judgeRow(row: OnTablet, { office, disputed }: About): readonly Finding[] {
  const { id, state } = row
  const copies = office.get(id) ?? []
  const own = copies.find(({ digest }) => digest === row.digest)
  if (state === 'complete' && (own?.whole !== true || own.counts?.complete === 0)) return [{ breach: 'contradicted', id }]
  if (state === 'received' && own === undefined) return [{ breach: 'contradicted', id }]
  if (state === 'disputed') return disputed.has(keyOf(row)) && own === undefined ? [] : [{ breach: own === undefined ? 'stuck' : 'contradicted', id }]
  if (state === 'refused') return [{ breach: own === undefined ? 'stuck' : 'contradicted', id }]
  return own === undefined && copies.length > 0 ? [{ breach: 'duplicated', id }] : []
}

function purgedTooEarly({ history: { lines }, office }: About): readonly Finding[] {
  const complete = new Set<string>()
  const findings: Finding[] = []
  for (const line of lines) {
    if (line.what === 'settled' && line.state === 'complete') complete.add(`${line.tablet} ${line.id}`)
    if (line.what !== 'purged') continue
    const isFound = line.covered || office.has(line.id)
    if (!complete.has(`${line.tablet} ${line.id}`) || !isFound) findings.push({ breach: 'purged', id: line.id })
  }
  return findings
}

function stuck({ history: { lines, ending } }: About): readonly Finding[] {
  const healed = lines.findLast(({ what }) => what === 'healed')
  if (healed === undefined || ending.atMs - healed.atMs <= stuckAfterMs) return []
  return ending.tablets.filter(({ state }) => state === 'queued' || state === 'received').map(({ id }) => ({ breach: 'stuck', id }))
}

function forged({ history: { lines, ending }, office, disputed }: About): readonly Finding[] {
  const outcomes = new Set(lines.flatMap((line) => (line.what === 'forgedOutcome' ? [line.outcome] : [])))
  const believed = ending.tablets.filter(({ outcome }) => typeof outcome === 'string' && outcomes.has(outcome))
  const taken = lines.filter((line): line is Extract<Line, { what: 'forgedEnvelope' }> => {
    if (line.what !== 'forgedEnvelope') return false
    return disputed.has(keyOf(line)) || (office.get(line.id)?.some(({ digest }) => digest === line.digest) ?? false)
  })
  return [...believed, ...taken].map(({ id }) => ({ breach: 'forged', id }))
}

function groupById<T extends { readonly id: string }>(list: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const group = groups.get(one.id)
    if (group === undefined) groups.set(one.id, [one])
    else group.push(one)
  }
  return groups
}

/** How often each kind of fault was seen to hit. */
export function countFaults(lines: readonly Line[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const line of lines) if (line.what === 'fault') counts.set(line.kind, (counts.get(line.kind) ?? 0) + 1)
  return counts
}

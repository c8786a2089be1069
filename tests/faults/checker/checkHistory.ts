/**
 * The judge. Reads a history and the final stores, knows nothing of how they came about, and names every breach of the
 * promise "nothing lost, nothing twice":
 *
 *   lost         finalised, and neither at the office under its digest nor anywhere on a tablet with its bytes
 *   duplicated   one id under two digests, or one id twice at the office
 *   contradicted a tablet says `complete` of what the office does not hold whole, or stored it before that was ever true
 *   purged       sealed bytes given up before a `complete` outcome was stored
 *   stuck        good, and still open more than 60 s after everything worked again, or put aside though nobody signed a no
 *   undecryptable accepted by the office, and does not open
 *   silent       lost, and nobody was told
 */
import type { AtOffice, History, Line, OnTablet } from '../lab/history.ts'

export const breaches = ['lost', 'duplicated', 'contradicted', 'purged', 'stuck', 'undecryptable', 'silent'] as const
export type Breach = (typeof breaches)[number]

export interface Finding {
  readonly breach: Breach
  readonly id: string
}

/** How long after healing an application may still be on its way, in the run's own time. */
export const stuckAfterMs = 60_000

/** Every breach of the promise; none is the goal. */
export function checkHistory({ lines, ending }: History): readonly Finding[] {
  const office = groupById(ending.office)
  const tablets = groupById(ending.tablets)
  const findings: Finding[] = []
  for (const line of lines) {
    if (line.what !== 'finalised') continue
    const isAtOffice = office.get(line.id)?.some(({ digest }) => digest === line.digest) ?? false
    const isHeld = tablets.get(line.id)?.some(({ digest, held }) => held && digest === line.digest) ?? false
    if (isAtOffice || isHeld) continue
    findings.push({ breach: 'lost', id: line.id })
    if (!lines.some((other) => other.what === 'alarm' && other.tablet === line.tablet)) findings.push({ breach: 'silent', id: line.id })
  }
  for (const [id, copies] of office) {
    if (copies.length > 1) findings.push({ breach: 'duplicated', id })
    if (copies.some(({ opens }) => !opens)) findings.push({ breach: 'undecryptable', id })
  }
  for (const row of ending.tablets) findings.push(...judgeRow(row, office.get(row.id) ?? []))
  findings.push(...settledTooEarly(lines), ...purgedTooEarly(lines), ...stuck(lines, ending.tablets, ending.atMs))
  return findings
}

function judgeRow(row: OnTablet, copies: readonly AtOffice[]): readonly Finding[] {
  const own = copies.find(({ digest }) => digest === row.digest)
  if (row.state === 'complete' && own?.whole !== true) return [{ breach: 'contradicted', id: row.id }]
  if (own === undefined && copies.length > 0 && row.state !== 'disputed') return [{ breach: 'duplicated', id: row.id }]
  return []
}

/** For a history whose writer sees when the office comes to hold something whole. */
function settledTooEarly(lines: readonly Line[]): readonly Finding[] {
  if (!lines.some(({ what }) => what === 'whole')) return []
  const whole = new Set<string>()
  const findings: Finding[] = []
  for (const line of lines) {
    if (line.what === 'whole') whole.add(line.id)
    if (line.what === 'settled' && line.state === 'complete' && !whole.has(line.id)) findings.push({ breach: 'contradicted', id: line.id })
  }
  return findings
}

function purgedTooEarly(lines: readonly Line[]): readonly Finding[] {
  const complete = new Set<string>()
  const findings: Finding[] = []
  for (const line of lines) {
    if (line.what === 'settled' && line.state === 'complete') complete.add(`${line.tablet} ${line.id}`)
    if (line.what === 'purged' && !complete.has(`${line.tablet} ${line.id}`)) findings.push({ breach: 'purged', id: line.id })
  }
  return findings
}

function stuck(lines: readonly Line[], tablets: readonly OnTablet[], atMs: number): readonly Finding[] {
  const healed = lines.findLast(({ what }) => what === 'healed')
  if (healed === undefined || atMs - healed.atMs <= stuckAfterMs) return []
  return tablets.filter(({ state }) => state !== 'complete').map(({ id }) => ({ breach: 'stuck', id }))
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

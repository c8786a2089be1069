/** Judges the order in which a tablet's states came: too early, or going back. */
import type { Line } from '../lab/history.ts'
import type { Finding } from './checkHistory.ts'

export function judgeStates(lines: readonly Line[]): readonly Finding[] {
  return [...settledTooEarly(lines), ...wentBackwards(lines)]
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

/**
 * `complete` is the last word until the office was put back; then it may be offered again, and begins anew. So does what a
 * tablet takes from its second copies after its database was lost.
 */
function wentBackwards(lines: readonly Line[]): readonly Finding[] {
  const complete = new Set<string>()
  const findings: Finding[] = []
  let wasPutBack = false
  for (const line of lines) {
    if (line.what === 'restored') wasPutBack = true
    if (line.what === 'databaseLost') for (const key of complete) if (key.startsWith(`${line.tablet} `)) complete.delete(key)
    if (line.what !== 'settled' && line.what !== 'offeredAgain') continue
    const key = `${line.tablet} ${line.id}`
    const isBack = complete.has(key) && (line.what === 'offeredAgain' ? !wasPutBack : line.state !== 'complete')
    if (isBack) findings.push({ breach: 'backwards', id: line.id })
    if (line.what === 'offeredAgain') complete.delete(key)
    else if (line.state === 'complete') complete.add(key)
  }
  return findings
}

/**
 * The judge of drafts. A draft that was shown as saved is there, with what was saved last or with what was being saved when the
 * tablet died; or it stands in the outbox, if it was being finalised; or it is gone, if somebody asked for that, or if its files
 * were damaged and a person was told. Never both.
 *
 *   lost          shown as saved, and neither there as it was saved nor in the outbox
 *   silent        lost, and nobody was told
 *   undecryptable shown as saved, there, and not to be read
 *   duplicated    a draft and an application at the same time
 */
import type { DraftEnding, DraftLine } from '../lab/draftHistory.ts'
import type { Finding } from './checkHistory.ts'

interface Life {
  /** What it may hold: the last save that was shown, and whatever was asked for since. */
  allowed: Set<string>
  isShown: boolean
  isFinalising: boolean
  isDiscarding: boolean
  isDamaged: boolean
  /** Damaged, and a person was told after that. */
  isWrittenOff: boolean
}

/** Every breach; none is the goal. */
export function checkDrafts(lines: readonly DraftLine[], { drafts, items }: DraftEnding): readonly Finding[] {
  const lives = new Map<string, Life>()
  for (const line of lines) live(lives, line)
  const isTold = lines.some(({ what }) => what === 'alarm')
  const inOutbox = new Set(items)
  const findings: Finding[] = drafts.filter(({ draft }) => inOutbox.has(draft)).map(({ draft }) => ({ breach: 'duplicated', id: draft }))
  for (const [id, life] of lives) {
    if (!life.isShown || (life.isFinalising && inOutbox.has(id))) continue
    const there = drafts.find(({ draft }) => draft === id)
    if (there === undefined && life.isWrittenOff) continue
    if (there?.mark === null) findings.push({ breach: 'undecryptable', id })
    else if (there === undefined ? !life.isDiscarding : !life.allowed.has(there.mark)) {
      findings.push({ breach: 'lost', id }, ...(isTold ? [] : [{ breach: 'silent', id } as const]))
    }
  }
  return findings
}

function live(lives: Map<string, Life>, line: DraftLine): void {
  if (line.what === 'damaged' || line.what === 'alarm') {
    for (const life of lives.values()) {
      if (line.what === 'damaged') life.isDamaged = true
      else life.isWrittenOff = life.isDamaged
    }
    return
  }
  const life = lives.get(line.draft) ?? { allowed: new Set(), isShown: false, isFinalising: false, isDiscarding: false, isDamaged: false, isWrittenOff: false }
  lives.set(line.draft, life)
  switch (line.what) {
    case 'saving':
      life.allowed.add(line.mark)
      return
    case 'saved':
      life.allowed = new Set([line.mark])
      life.isShown = true
      return
    case 'finalising':
      life.isFinalising = true
      return
    case 'discarding':
      life.isDiscarding = true
  }
}

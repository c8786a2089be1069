/** Bugs of the reducer, for the simulation to notice. */
import { outbox, type SeededBug } from './seededBug.ts'

export const simulationBugs: readonly SeededBug[] = [
  {
    name: 'received counts as complete',
    file: `${outbox}/step.ts`,
    from: "if (state === 'received') items.set(",
    to: "if (state === 'disputed') items.set(",
  },
  {
    name: 'an unsigned conflict counts as delivered',
    file: `${outbox}/step.ts`,
    from: 'const item = items.get(verdict.id)\n    if (item === undefined) continue\n    const reaction',
    to: [
      "if (verdict.failure.kind === 'conflict') {",
      "      settlements.push({ id: verdict.id, state: 'complete', outcome: '', reason: null, missing: [] })",
      '      continue',
      '    }',
      '    const item = items.get(verdict.id)',
      '    if (item === undefined) continue',
      '    const reaction',
    ].join('\n'),
  },
  {
    name: 'a wait of a year is obeyed',
    file: `${outbox}/backoff.ts`,
    from: 'export const longestOfficeTimeMs = 15 * 60_000',
    to: 'export const longestOfficeTimeMs = Number.MAX_SAFE_INTEGER',
  },
  {
    name: 'a full disk leaves the outbox busy for ever',
    file: `${outbox}/step.ts`,
    from: "return [{ ...state, items, busy: false }, [{ kind: 'makeRoom' }]]",
    to: "return [{ ...state, items, busy: true }, [{ kind: 'makeRoom' }]]",
  },
  {
    name: 'a road that waits sets no alarm',
    file: `${outbox}/choose.ts`,
    from: "if (untilMs !== null && atMs < untilMs) return { kind: 'wake', atMs: untilMs }",
    to: 'if (untilMs !== null && atMs < untilMs) return null',
  },
  {
    name: 'an item that waits sets no alarm',
    file: `${outbox}/choose.ts`,
    from: "return times.length === 0 ? null : { kind: 'wake', atMs: Math.min(...times) }",
    to: 'return null',
  },
  {
    name: 'a refused batch leaves the outbox busy for ever',
    file: `${outbox}/step.ts`,
    from: 'return [{ ...state, batch: 1, busy: false }, []]',
    to: 'return [{ ...state, batch: 1, busy: true }, []]',
  },
  {
    name: 'a photo too large stops photos for ever',
    file: `${outbox}/step.ts`,
    from: 'partsPausedUntilMs: event.atMs + longPauseMs',
    to: 'partsPausedUntilMs: Number.MAX_SAFE_INTEGER',
  },
  {
    name: 'a second request is sent while one is in the air',
    file: `${outbox}/step.ts`,
    from: 'if (after.busy) return [after, [...effects, ...noted]]\n',
    to: '',
  },
  {
    name: 'an unsigned 410 stops the sending for ever',
    file: `${outbox}/react.ts`,
    from: "'paused', failure, now.atMs + longPauseMs)",
    to: "'paused', failure, Number.MAX_SAFE_INTEGER)",
  },
  {
    name: 'after three refusals an application is not tried again',
    file: `${outbox}/react.ts`,
    from: 'const nextAtMs = atMs + backoffMs(attempts, chance)',
    to: 'const nextAtMs = attempts < 3 ? atMs + backoffMs(attempts, chance) : Number.MAX_SAFE_INTEGER',
  },
]

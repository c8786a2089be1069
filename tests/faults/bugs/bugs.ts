/**
 * Bugs that somebody could make, each a few letters of the product changed, and the part of the lab that must notice. A lab
 * that finds nothing proves nothing unless it finds these. `from` must stand exactly once in its file: a product that moved
 * on breaks the list and not its meaning.
 */
export interface SeededBug {
  readonly name: string
  readonly file: string
  readonly from: string
  readonly to: string
  readonly by: 'simulation' | 'swarm'
}

const outbox = 'src/offline/outbox'

export const seededBugs: readonly SeededBug[] = [
  {
    name: 'received counts as complete',
    file: `${outbox}/step.ts`,
    from: "if (state === 'received') items.set(",
    to: "if (state === 'disputed') items.set(",
    by: 'simulation',
  },
  {
    name: 'an unsigned conflict counts as delivered',
    file: `${outbox}/step.ts`,
    from: 'const item = items.get(verdict.id)\n    if (item === undefined) continue\n    const reaction',
    to: "if (verdict.failure.kind === 'conflict') {\n      settlements.push({ id: verdict.id, state: 'complete', outcome: '', reason: null, missing: [] })\n      continue\n    }\n    const item = items.get(verdict.id)\n    if (item === undefined) continue\n    const reaction",
    by: 'simulation',
  },
  {
    name: 'a wait of a year is obeyed',
    file: `${outbox}/backoff.ts`,
    from: 'export const longestOfficeTimeMs = 15 * 60_000',
    to: 'export const longestOfficeTimeMs = Number.MAX_SAFE_INTEGER',
    by: 'simulation',
  },
  {
    name: 'a full disk leaves the outbox busy for ever',
    file: `${outbox}/step.ts`,
    from: "return [{ ...state, items, busy: false }, [{ kind: 'makeRoom' }]]",
    to: "return [{ ...state, items, busy: true }, [{ kind: 'makeRoom' }]]",
    by: 'simulation',
  },
  {
    name: 'a road that waits sets no alarm',
    file: `${outbox}/choose.ts`,
    from: "if (untilMs !== null && atMs < untilMs) return { kind: 'wake', atMs: untilMs }",
    to: 'if (untilMs !== null && atMs < untilMs) return null',
    by: 'simulation',
  },
  {
    name: 'an item that waits sets no alarm',
    file: `${outbox}/choose.ts`,
    from: "return times.length === 0 ? null : { kind: 'wake', atMs: Math.min(...times) }",
    to: 'return null',
    by: 'simulation',
  },
  {
    name: 'a refused batch leaves the outbox busy for ever',
    file: `${outbox}/step.ts`,
    from: 'return [{ ...state, batch: 1, busy: false }, []]',
    to: 'return [{ ...state, batch: 1, busy: true }, []]',
    by: 'simulation',
  },
  {
    name: 'a photo too large stops photos for ever',
    file: `${outbox}/step.ts`,
    from: 'partsPausedUntilMs: event.atMs + longPauseMs',
    to: 'partsPausedUntilMs: Number.MAX_SAFE_INTEGER',
    by: 'simulation',
  },
  {
    name: 'a second request is sent while one is in the air',
    file: `${outbox}/step.ts`,
    from: 'if (after.busy) return [after, [...effects, ...noted]]\n',
    to: '',
    by: 'simulation',
  },
  {
    name: 'after three refusals an application is dropped',
    file: `${outbox}/queue.ts`,
    from: 'if (item !== null) await db.items.put({ ...item, note })',
    to: 'if (item !== null && note.attempts > 2) await db.items.delete(id)\n    else if (item !== null) await db.items.put({ ...item, note })',
    by: 'swarm',
  },
  {
    name: 'an outcome is believed without its signature',
    file: 'core/sealing/outcome.ts',
    from: 'const same = outcome.id === about.id && outcome.digest === about.digest && outcome.device === about.device',
    to: 'const same = true',
    by: 'swarm',
  },
  {
    name: 'a request has no deadline',
    file: 'src/offline/http.ts',
    from: 'ending.abort())',
    to: 'undefined)',
    by: 'swarm',
  },
  {
    name: 'the alarm rings a year too late',
    file: `${outbox}/runner.ts`,
    from: 'timers.after(Math.max(0, atMs - steady.nowMs()), ring)',
    to: 'timers.after(Math.max(0, atMs - steady.nowMs() + 31_536_000_000), ring)',
    by: 'swarm',
  },
  {
    name: 'the office takes bytes that are not those of the digest',
    file: 'server/intake/accept.ts',
    from: "if (digest !== header.digest) return problem('digestMismatch')\n",
    to: '\n',
    by: 'swarm',
  },
  {
    name: 'the office takes a part of other bytes than its name',
    file: 'server/intake/parts.ts',
    from: "if ((await sha256(bytes)) !== name) return fail(failure('digestMismatch', 'part'))\n",
    to: '\n',
    by: 'swarm',
  },
  {
    name: 'the office calls complete what lacks its photos',
    file: 'server/intake/parts.ts',
    from: 'if (done !== undefined || (await missingParts(tx, about.id)).length > 0) return null',
    to: 'if (done !== undefined) return null',
    by: 'swarm',
  },
]

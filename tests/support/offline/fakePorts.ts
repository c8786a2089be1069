// Fakes at the ports of src/offline: a clock that is turned by hand, timers that ring when it is, a mirror and a ledger in
// memory, locks and a channel shared by the pages of one tablet.
import { argon2id } from 'hash-wasm'
import type { Bytes } from '../../../core/bytes.ts'
import { failure } from '../../../core/failures.ts'
import { fail, ok } from '../../../core/result.ts'
import type { Finding, KeptKeys } from '../../../src/offline/findings.ts'
import type { Channel, Clock, Kdf, KdfParams, Ledger, LedgerMark, Locks, Mirror, PartFiles, Random, Reserve, Storage, Surroundings, Timers } from '../../../src/offline/ports.ts'

export const startMs = Date.parse('2026-11-24T02:00:00.000Z')

export interface FakeTime {
  readonly clock: Clock
  /** Goes on with `turn` and stays when somebody sets the clock. */
  readonly steady: Clock
  readonly timers: Timers
  /** Setting it is setting the tablet's clock: no time has passed, no alarm rings. */
  nowMs: number
  /** Turns the clock and rings what is due, in order. */
  turn(byMs: number): void
  /** The time of the next alarm, or null. */
  nextAtMs(): number | null
}

export function fakeTime(): FakeTime {
  const alarms = new Map<number, { atMs: number; run: () => void }>()
  let named = 0
  let passedMs = 0
  let startedAtMs = startMs
  const time: FakeTime = {
    get nowMs() {
      return startedAtMs + passedMs
    },
    set nowMs(nowMs) {
      startedAtMs = nowMs - passedMs
    },
    clock: { nowMs: () => time.nowMs },
    steady: { nowMs: () => startMs + passedMs },
    timers: {
      after(delayMs, run) {
        const name = (named += 1)
        alarms.set(name, { atMs: passedMs + delayMs, run })
        return () => alarms.delete(name)
      },
    },
    turn(byMs) {
      const untilMs = passedMs + byMs
      for (;;) {
        const next = [...alarms].filter(([, { atMs }]) => atMs <= untilMs).sort(([, one], [, other]) => one.atMs - other.atMs)[0]
        if (next === undefined) break
        alarms.delete(next[0])
        passedMs = Math.max(passedMs, next[1].atMs)
        next[1].run()
      }
      passedMs = untilMs
    },
    nextAtMs: () => [...alarms.values()].reduce<number | null>((least, { atMs }) => Math.min(least ?? startedAtMs + atMs, startedAtMs + atMs), null),
  }
  return time
}

export const realRandom: Random = {
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  fraction: () => 0.5,
}

/** Argon2id as the tablet runs it, with parameters small enough for a test. */
export const smallKdf: Kdf = async (passphrase, { memoryKiB, passes, salt }) =>
  new Uint8Array(await argon2id({ password: passphrase, salt, memorySize: memoryKiB, iterations: passes, parallelism: 1, hashLength: 32, outputType: 'binary' }))
export const smallKdfParams = (random: Random): KdfParams => ({ kind: 'argon2id', memoryKiB: 64, passes: 1, salt: random.bytes(16) })

export interface FakeMirror extends Mirror {
  readonly files: Map<string, string>
  /** Set to make writing fail. */
  trouble: 'storageFull' | 'storageBroken' | null
}

export function fakeMirror(): FakeMirror {
  const files = new Map<string, string>()
  const mirror: FakeMirror = {
    files,
    trouble: null,
    names: async () => [...files.keys()],
    read: async (name) => files.get(name) ?? null,
    remove: async (name) => void files.delete(name),
    async write(name, text) {
      if (mirror.trouble !== null) return fail(failure(mirror.trouble))
      files.set(name, text)
      return ok()
    },
  }
  return mirror
}

/** Parts of one tablet. `trouble` is what the disk says of the next ones; `atMs` when they are written. */
export interface FakeParts extends PartFiles {
  readonly files: Map<string, { bytes: Bytes; writtenAtMs: number }>
  trouble: 'storageFull' | 'storageBroken' | null
  atMs: number
}

export function fakeParts(): FakeParts {
  const files: FakeParts['files'] = new Map()
  const parts: FakeParts = {
    files,
    trouble: null,
    atMs: 0,
    list: async () => [...files].map(([name, { bytes, writtenAtMs }]) => ({ name, sizeBytes: bytes.length, writtenAtMs })),
    read: async (name) => files.get(name)?.bytes ?? null,
    remove: async (name) => void files.delete(name),
    async write(name, bytes) {
      if (parts.trouble !== null) return fail(failure(parts.trouble))
      files.set(name, { bytes, writtenAtMs: parts.atMs })
      return ok()
    },
  }
  return parts
}

export function fakeLedger(): Ledger & { mark: LedgerMark | null; keys: KeptKeys | null; findings: readonly Finding[] } {
  const ledger = {
    mark: null as LedgerMark | null,
    keys: null as KeptKeys | null,
    findings: [] as readonly Finding[],
    read: async () => ledger.mark,
    write: async (mark: LedgerMark) => void (ledger.mark = mark),
    readKeys: async () => ledger.keys,
    writeKeys: async (keys: KeptKeys) => void (ledger.keys = keys),
    readFindings: async () => ledger.findings,
    writeFindings: async (findings: readonly Finding[]) => void (ledger.findings = findings),
  }
  return ledger
}

export function fakeReserve(): Reserve & { held: boolean; hasRoom: boolean; onRelease: () => void } {
  const reserve = {
    held: true,
    hasRoom: true,
    onRelease: (): void => undefined,
    hold: async () => (reserve.held = reserve.held || reserve.hasRoom),
    release: async () => {
      reserve.held = false
      reserve.onRelease()
    },
  }
  return reserve
}

export function fakeStorage(): Storage & { usedBytes: number | null; quotaBytes: number | null } {
  const storage = {
    usedBytes: 1_000_000 as number | null,
    quotaBytes: 1_000_000_000 as number | null,
    persisted: async () => false,
    persist: async () => true,
    estimate: async () => ({ usedBytes: storage.usedBytes, quotaBytes: storage.quotaBytes }),
  }
  return storage
}

/** Locks of one tablet, shared by its pages and its worker. */
export function fakeLocks(): Locks & { held: Set<string> } {
  const held = new Set<string>()
  return {
    held,
    async hold(name, how, work) {
      if (held.has(name) && how === 'ifFree') return 'taken'
      held.add(name)
      try {
        await work()
      } finally {
        held.delete(name)
      }
      return 'ran'
    },
  }
}

/** One channel of a tablet; every page opens its own end. */
export function fakeChannels(): () => Channel {
  const ends = new Set<(message: unknown) => void>()
  return () => {
    const mine = new Set<(message: unknown) => void>()
    return {
      post: (message) => {
        for (const tell of ends) if (!mine.has(tell)) tell(message)
      },
      listen(onMessage) {
        mine.add(onMessage)
        ends.add(onMessage)
        return () => {
          mine.delete(onMessage)
          ends.delete(onMessage)
        }
      },
    }
  }
}

export function fakeSurroundings(): Surroundings & { online(): void; comeToFront(): void; syncsAsked: number } {
  const [online, visible] = [new Set<() => void>(), new Set<() => void>()]
  const surroundings = {
    syncsAsked: 0,
    onOnline: (run: () => void) => (online.add(run), () => online.delete(run)),
    onVisible: (run: () => void) => (visible.add(run), () => visible.delete(run)),
    visible: () => true,
    askForSync: async () => void (surroundings.syncsAsked += 1),
    online: () => online.forEach((run) => run()),
    comeToFront: () => visible.forEach((run) => run()),
  }
  return surroundings
}

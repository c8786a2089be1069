/**
 * What the offline half needs from outside. The page and the worker hand in real ones (src/wiring.ts, src/sw/wiring.ts),
 * tests hand in fakes; nothing below touches a clock, chance, network, lock or disk by itself, except Dexie.
 */
import type { Bytes } from '../../core/bytes.ts'
import type { Failure } from '../../core/failures.ts'
import type { DeviceId } from '../../core/ids.ts'
import type { Result } from '../../core/result.ts'
import type { Finding, KeptKeys } from './findings.ts'

export type Stop = () => void

export interface Clock {
  /** Milliseconds since 1970 by the tablet's clock, which may be wrong. */
  nowMs(): number
}

export interface Random {
  bytes(length: number): Bytes
  /** From 0 up to but not including 1; for jitter only. */
  fraction(): number
}

export interface Timers {
  after(delayMs: number, run: () => void): Stop
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface Locks {
  /** Runs `work` while holding the lock. `taken` when somebody else holds it; `steal` takes it from them. */
  hold(name: string, how: 'ifFree' | 'steal', work: () => Promise<void>): Promise<'ran' | 'taken'>
}

export interface Channel {
  post(message: unknown): void
  listen(onMessage: (message: unknown) => void): Stop
}

/** Second copies of sealed envelopes, outside the database. The worker only reads and removes. */
export interface MirrorReader {
  names(): Promise<readonly string[]>
  /** The text of a copy, or null when it is not there or cannot be read. */
  read(name: string): Promise<string | null>
  remove(name: string): Promise<void>
}

export interface Mirror extends MirrorReader {
  /** Ok only when the bytes were flushed and read back equal. */
  write(name: string, text: string): Promise<Result<undefined, Failure<'storageFull' | 'storageBroken'>>>
}

/** Parts of attachments as anybody may hold them: ciphertext under its own digest. The worker only reads and removes. */
export interface PartReader {
  /** The bytes of a part, or null when they are not on this tablet. */
  read(name: string): Promise<Bytes | null>
  remove(name: string): Promise<void>
}

export interface PartFiles extends PartReader {
  /** Every part that lies here, how large it is, and when it was written, in milliseconds by the tablet's clock. */
  list(): Promise<readonly { readonly name: string; readonly sizeBytes: number; readonly writtenAtMs: number }[]>
  /** Ok only when the bytes were flushed and read back equal. */
  write(name: string, bytes: Bytes): Promise<Result<undefined, Failure<'storageFull' | 'storageBroken'>>>
}

/** What this tablet holds, kept where a damaged database cannot take it along. Only `count` and `lastSequence` are always there. */
export interface LedgerMark {
  readonly count: number
  readonly lastSequence: number
  /** Whose sequence it is. */
  readonly device?: DeviceId | undefined
  readonly drafts?: number | undefined
  readonly vaults?: number | undefined
  /** Applications whose sealed bytes are here. */
  readonly held?: number | undefined
}

/** What the database must have lost nothing against: counts, the office's public keys, and what earlier starts found. */
export interface Ledger {
  read(): Promise<LedgerMark | null>
  write(mark: LedgerMark): Promise<void>
  readKeys(): Promise<KeptKeys | null>
  writeKeys(keys: KeptKeys): Promise<void>
  /** Oldest first. */
  readFindings(): Promise<readonly Finding[]>
  writeFindings(findings: readonly Finding[]): Promise<void>
}

/** Room that is held so that finalising works on a full tablet. */
export interface Reserve {
  /** False when there is no room for it. */
  hold(): Promise<boolean>
  release(): Promise<void>
}

export interface Storage {
  persisted(): Promise<boolean | null>
  persist(): Promise<boolean>
  estimate(): Promise<{ usedBytes: number | null; quotaBytes: number | null }>
}

/** Chances to try at once, told by the platform. */
export interface Surroundings {
  onOnline(run: () => void): Stop
  onVisible(run: () => void): Stop
  visible(): boolean
  /** Asks the browser to wake the worker when there is a network; nothing where it cannot. */
  askForSync(): Promise<void>
}

/** How a passphrase is made into a key; stored beside each vault, so that it can be raised later. */
export interface KdfParams {
  readonly kind: 'argon2id'
  readonly memoryKiB: number
  readonly passes: number
  readonly salt: Bytes
}

/** 32 bytes from a passphrase; slow on purpose, in a worker of its own. */
export type Kdf = (passphrase: Bytes, params: KdfParams) => Promise<Bytes>

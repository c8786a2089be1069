/** Everything that a page hands to the offline half, and what the offline half makes of it. */
import type { Database } from '../db.ts'
import type { SignedIn } from '../dpop.ts'
import type { Http } from '../http.ts'
import type { Clock, Fetch, Kdf, KdfParams, Ledger, Locks, Mirror, PartFiles, Random, Reserve, Storage, Surroundings, Timers } from '../ports.ts'
import type { Signals } from '../signals.ts'
import type { Findings } from './findings.ts'
import type { Keyring } from '../vault/key.ts'

export interface TabletPorts {
  readonly db: Database
  readonly clock: Clock
  /** A clock that nobody can set: for pauses and tries. */
  readonly steady: Clock
  readonly random: Random
  readonly timers: Timers
  readonly fetch: Fetch
  /** The office's origin, which is the page's own. */
  readonly origin: string
  readonly locks: Locks
  readonly signals: Signals
  readonly mirror: Mirror
  readonly reserve: Reserve
  /** The files alone; what is written to them lies twice at first (`Inside.parts`). */
  readonly parts: PartFiles
  readonly ledger: Ledger
  readonly storage: Storage
  readonly surroundings: Surroundings
  readonly kdf: Kdf
  readonly newKdfParams: (random: Random) => KdfParams
  /** Where bugs go; expected trouble is a Result and never comes here. */
  readonly trouble: (cause: unknown) => void
}

export interface Inside extends TabletPorts {
  /** As `files`, and for a while in the database as well. */
  readonly parts: PartFiles
  readonly files: PartFiles
  readonly http: Http
  readonly signedIn: SignedIn
  readonly keyring: Keyring
  readonly findings: Findings
}

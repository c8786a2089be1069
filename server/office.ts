/** Everything a request may touch, handed in: so that tests hold the clock, chance, the database and the log. */
import type { EpochId } from '../core/ids.ts'
import type { Bytes } from '../core/bytes.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Accounts } from './desk/accounts.ts'
import type { RateLimits } from './http/rateLimit.ts'
import type { OfficeKeys } from './keys/officeKeys.ts'
import type { Log } from './log.ts'
import type { SignedCatalogue } from './packs/readCatalogue.ts'
import type { PackShelf } from './packs/shelf.ts'
import type { PartStore } from './parts/partStore.ts'
import type { Database } from './postgres/database.ts'

/** What taking in needs: the office that listens has it, and so has a command that imports files without one. */
export type IntakeOffice = Pick<Office, 'clock' | 'db' | 'keys' | 'epoch' | 'parts' | 'limits' | 'log' | 'nudgeOpener'>

export interface Office {
  readonly config: Config
  readonly clock: Clock
  /** Fresh random bytes. */
  readonly random: (count: number) => Bytes
  readonly keys: OfficeKeys
  readonly db: Database
  readonly log: Log
  readonly packs: PackShelf
  /** Every procedure of the ward, signed; null when none could be read. */
  readonly catalogue: SignedCatalogue | null
  readonly parts: PartStore
  readonly accounts: Accounts
  readonly limits: RateLimits
  readonly epoch: { readonly id: EpochId; readonly number: number }
  /** Looks again for packs on disk, publishes new ones and puts them on the shelf. */
  readonly readPacksAgain: () => Promise<void>
  /** Told after an envelope is stored: the opener looks at once instead of at its next round. */
  readonly nudgeOpener: () => void
}

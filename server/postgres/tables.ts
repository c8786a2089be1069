/**
 * The office's tables as Kysely sees them. Times are milliseconds since 1970 (bigint). Nothing here holds a citizen's
 * plaintext (invariant 4): envelopes are sealed, `listing` and `body` are blobs of keys/blobs, searching is by keyed hash.
 */
import type { Generated } from 'kysely'
import type { EventKind } from '../../core/application/events.ts'
import type { Status } from '../../core/application/status.ts'
import type { ApplicationId, DeviceId, Digest, EpochId, PackRef, VolunteerId } from '../../core/ids.ts'
import type { OutcomeKind } from '../../core/sealing/outcome.ts'
import type { DeviceState } from '../../core/wire/people.ts'
import type { SearchColumn } from '../keys/searchHash.ts'

export interface Tables {
  epoch: { id: EpochId; number: number; root: string; since_at: number }
  counters: { name: string; value: number }
  tickets: {
    hash: string
    kind: 'enrol' | 'badge' | 'officer'
    /** Hash of the first half of a typed code; wrong second halves count against it. */
    selector: string | null
    code_hash: string | null
    confirmed: boolean
    volunteer: VolunteerId | null
    tries_left: number
    created_at: number
    expires_at: number
    spent_at: number | null
    device: DeviceId | null
  }
  devices: {
    id: DeviceId
    number: string
    jwk: string
    words: string
    state: DeviceState
    demo: boolean
    last_seq: Generated<number>
    enrolled_at: number
    last_seen_at: number | null
    revoked_at: number | null
    /** The tablet that had this key before; such a key signs in nowhere. */
    former_of: Generated<DeviceId | null>
  }
  /** Keys that a tablet says to have lost, while it waits for an officer. */
  named_keys: { tablet: DeviceId; id: DeviceId; jwk: string }
  volunteers: { id: VolunteerId; number: string; name: string; demo: boolean; created_at: number; revoked_at: number | null }
  badges: { volunteer: VolunteerId; device: DeviceId; ticket: string; statement: string; issued_at: number; expires_at: number }
  envelopes: {
    id: ApplicationId
    digest: Digest
    device: DeviceId
    pack: PackRef
    seq: number
    sealed: string
    header: string
    received_at: number
  }
  openings: { id: ApplicationId; state: 'waiting' | 'opened' | 'packUnknown'; tries: Generated<number>; next_at: number }
  disputes: { id: ApplicationId; digest: Digest; device: DeviceId; sealed: string; header: string; at: number; seq: number | null }
  outcomes: { id: ApplicationId; digest: Digest; device: DeviceId; kind: OutcomeKind; statement: string; at: number }
  parts_announced: { id: ApplicationId; position: number; name: string }
  parts_stored: { name: string; size_bytes: number; stored_at: number }
  events: {
    seq: number
    id: ApplicationId
    device: DeviceId
    kind: EventKind
    at: number
    /** The officer's user name, or null when the office acted by itself. */
    by: string | null
    body: Buffer | null
    /** What the tablet is told, sealed to the application's reply key. */
    sealed: string | null
  }
  cases: { id: ApplicationId; status: Status; status_seq: number; received_at: number; listing: Buffer | null; demo: boolean }
  search_keys: { column_name: SearchColumn; hash: string; id: ApplicationId }
  proofs: { jti: string; device: DeviceId; expires_at: number }
  /** One a verified backup: the ledger's head in it, when its snapshot was taken, when it was read back. */
  backups: { epoch: EpochId; head: number; at: number; verified_at: number }
  /** One a restore: when its backup was taken, and the officer who has ended again since what was ended after it. */
  restores: { epoch: EpochId; backup_at: number; restored_at: number; reviewed_at: number | null; reviewed_by: string | null }
  /** Parts that a backup does not hold, as its manifest names them; kept for the newest one only. */
  backup_gaps: { epoch: EpochId; head: number; at: number; name: string }
  packs: { ref: PackRef; digest: string; statement: string; published_at: number }
  /** better-auth's table of people; it owns this one and three more (migrations/first). The last two columns are ours. */
  officers: { id: string; name: string; username: string | null; disabled_at: Generated<number | null>; last_signed_in_at: Generated<number | null> }
  officer_sessions: { id: string; userId: string }
}

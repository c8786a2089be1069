/**
 * What the tablet offers to its screens, in one type. Nothing here holds a table, a ciphertext, or a key but those of the
 * photos in an open draft; times are ISO UTC.
 * `src/wiring.ts` makes the real one, tests make one with fakes at the ports. Every watcher calls back once with what is
 * true now and again on each change; the given function ends it.
 */
import type { Attachment } from '../../core/application/attachment.ts'
import type { Status } from '../../core/application/status.ts'
import type { Bytes } from '../../core/bytes.ts'
import type { Slip } from '../../core/application/slip.ts'
import type { Failure, FailureKind } from '../../core/failures.ts'
import type { ApplicationId, DeviceId, PackRef, VolunteerId } from '../../core/ids.ts'
import type { Counter } from '../../core/procedure/counter.ts'
import type { Visit } from '../../core/procedure/visit.ts'
import type { Result } from '../../core/result.ts'
import type { BroughtBack, CarrierFile, CarrierPlan } from './carried.ts'
import type { Finding } from './findings.ts'

export type { Finding }
export type { BroughtBack, CarrierFile, CarrierPlan, PlannedFile, PlannedLine } from './carried.ts'

export type Stop = () => void
type Answer<T> = Promise<Result<T, Failure>>

export interface Tablet {
  /** Starts what happens by itself: recovery, sending, the feed, packs. */
  start(): Stop
  readonly device: DeviceSide
  readonly vault: VaultSide
  readonly drafts: DraftSide
  readonly photos: PhotoSide
  readonly visit: VisitSide
  readonly outbox: OutboxSide
  /** Of thousands the newest come first, with `more` following. */
  readonly cases: { watch(onChange: (rows: CaseView[], following?: 'more') => void): Stop }
  readonly packs: PackSide
  readonly findings: FindingSide
  readonly room: RoomSide
}

export interface DeviceSide {
  /** Null means: not enrolled. */
  watch(onChange: (device: DeviceView | null) => void): Stop
  enrol(by: { ticket: string; rootFingerprint?: string }): Answer<DeviceView>
  refresh(): Answer<DeviceView>
}

export interface VaultSide {
  watchVolunteers(onChange: (list: VolunteerView[]) => void): Stop
  claimBadge(code: string): Answer<ClaimedBadge>
  create(claimed: ClaimedBadge, passphrase: string): Answer<VolunteerView>
  unlock(volunteer: VolunteerId, passphrase: string): Answer<VolunteerView>
  lock(): void
  watchLock(onChange: (who: VolunteerView | null) => void): Stop
}

export interface DraftSide {
  watch(onChange: (rows: DraftRow[]) => void): Stop
  start(pack: PackRef, from?: { inReplyTo: ApplicationId; answers: Record<string, unknown> }): Answer<Draft>
  open(id: ApplicationId): Answer<Draft>
  /** Compare-and-set on `version`; answers with the new version, after the strict commit. To seal, it may use reserved room. */
  save(id: ApplicationId, version: number, content: DraftContent, why?: 'toSeal'): Answer<number>
  /** A save that also moves the draft to another version of its pack; in one transaction. */
  move(id: ApplicationId, version: number, pack: PackRef, content: DraftContent): Answer<number>
  discard(id: ApplicationId): Answer<undefined>
  /** The caller has validated the answers. */
  finalise(id: ApplicationId, version: number): Answer<{ localCode: string }>
}

/** Photos of papers. The draft's content names them; a page is the draft's own only when a save has named it. */
export interface PhotoSide {
  /** Encrypts a page and writes it to disk; durable when it answers. `storageFull` long before drafts have no room. */
  keep(photo: NewPhoto): Answer<Attachment>
  /** The page again, decrypted in memory. */
  read(attachment: Attachment): Answer<Bytes>
  /** Removes the bytes of pages that no saved draft names any more; others stay. */
  forget(attachments: readonly Attachment[]): Promise<void>
}

/** What was said once at this table. Kept as ciphertext, for the unlocked volunteer only, until the visit ends. */
export interface VisitSide {
  watch(onChange: (visit: Visit | null) => void): Stop
  keep(visit: Visit): Answer<undefined>
  end(): Answer<undefined>
}

export interface OutboxSide {
  watch(onChange: (view: OutboxView) => void): Stop
  sendNow(): void
  /** What an export of everything the office has not completed would write. Works locked, and on a revoked tablet. */
  planExport(withPhotos: boolean): Promise<CarrierPlan>
  writeExport(file: CarrierFile): Promise<{ readonly content: Blob; readonly written: readonly ApplicationId[] }>
  /** The file was handed over: its applications are noted as written, and go on waiting. */
  noteExported(ids: readonly ApplicationId[]): Answer<undefined>
  /** Outcomes files of the office, brought back by hand. */
  bringBack(files: readonly Blob[]): Answer<BroughtBack>
}

export interface PackSide {
  watch(onChange: (rows: PackOnTablet[]) => void): Stop
  read(ref: PackRef): Answer<PackContent>
  refresh(): Answer<undefined>
  /** What the office offers and this app is too old to read. */
  watchTooNew(onChange: (packs: readonly PackRef[]) => void): Stop
  watchSheet(onChange: (sheet: OfficeSheet) => void): Stop
}

/** What starts found of damage to this tablet's storage; it stays until somebody says that it was read. */
export interface FindingSide {
  watch(onChange: (findings: readonly Finding[]) => void): Stop
  markRead(): Promise<void>
}

export interface RoomSide {
  watch(onChange: (room: Room) => void): Stop
  askToPersist(): Promise<boolean>
}

export interface DeviceView {
  readonly device: DeviceId
  readonly number: string
  readonly state: 'waiting' | 'active' | 'revoked'
  readonly words: readonly string[]
  readonly office: { readonly name: string; readonly unit: string }
  readonly keySetExpired: boolean
  /** `notSignedIn`: the office does not know this tablet (any more) and it must be enrolled; `updateNeeded`: the app is too old for news. Applications go on in both cases. */
  readonly refusal: 'notSignedIn' | 'updateNeeded' | null
}

export interface VolunteerView {
  readonly id: VolunteerId
  readonly name: string
  readonly number: string
  readonly badgeExpiresAt: string
}

/** A badge that was fetched and verified; `vault.create` stores it. */
export interface ClaimedBadge {
  readonly badge: string
  readonly volunteer: VolunteerView
}

/** A photo as the shrinker made it: small, upright, without metadata. */
export interface NewPhoto {
  readonly document: string
  readonly mediaType: string
  readonly widthPx: number
  readonly heightPx: number
  readonly bytes: Bytes
}

export interface DraftContent {
  readonly answers: Record<string, unknown>
  readonly papers: Record<string, string>
  /** Photos of papers, with their keys. */
  readonly attachments: readonly Attachment[]
  readonly touched: readonly string[]
  /** The last page, or null. */
  readonly place: string | null
  /** What the volunteer's own list shows, such as the child's name. */
  readonly label: string
  /** Set when it is about to be finalised: what the assistance slip will say. */
  readonly slip?: Slip | undefined
}

export interface Draft {
  readonly id: ApplicationId
  readonly pack: PackRef
  readonly version: number
  readonly content: DraftContent
  readonly startedAt: string
  readonly inReplyTo: ApplicationId | null
}

export interface DraftRow {
  readonly id: ApplicationId
  readonly pack: PackRef
  readonly label: string
  readonly updatedAt: string
  /** False when the row cannot be decrypted; it is kept and never overwritten. */
  readonly readable: boolean
}

export type ItemState = 'queued' | 'received' | 'complete' | 'refused' | 'disputed'

export interface OutboxItemView {
  readonly id: ApplicationId
  readonly localCode: string
  readonly pack: PackRef
  readonly state: ItemState
  readonly queuedAt: string
  /** The office has ended the key that sealed it, which is not the one this tablet has now: it comes in by hand only. */
  readonly keyEnded: boolean
  /** The office lost it, or a part of it, after this tablet had given up the bytes: only people can help. */
  readonly gone: boolean
  /** Set after three unsigned refusals in a row. */
  readonly note: { readonly kind: FailureKind; readonly attempts: number; readonly nextAt: string | null } | null
  /** The signed reason of `refused` and `disputed`. */
  readonly reason: string | null
  /** When it was last written to a file; whether that file arrived is for an outcome to say. */
  readonly exportedAt: string | null
  readonly sizeBytes: number
}

export type RoadView = 'unknown' | 'reachable' | 'unreachable' | 'portal' | 'paused' | 'waiting'

export interface OutboxView {
  readonly items: OutboxItemView[]
  /** How many applications exist nowhere but on this tablet. */
  readonly onlyHere: number
  readonly oldestOnlyHereAt: string | null
  readonly sending: boolean
  readonly road: RoadView
  readonly pausedBecause: FailureKind | null
  readonly lastReachedAt: string | null
  /** True while photos wait because one is larger than the office takes; text goes on. */
  readonly partsPaused: boolean
  /** The last time that the office was put back from a backup, with what this tablet does about it; null when it never was. */
  readonly restored: RestoredView | null
}

export interface RestoredView {
  readonly noticedAt: string
  /** Applications that are being offered again. */
  readonly waiting: number
  /** Applications that were offered again and are at the office. */
  readonly back: number
  /** Codes of applications that the office lost and this tablet had given up already: only people can help. */
  readonly gone: readonly string[]
}

export interface CaseView {
  readonly id: ApplicationId
  readonly localCode: string
  readonly pack: PackRef
  readonly label: string
  readonly finalisedAt: string
  readonly atOffice: ItemState
  /** As of an item of the outbox: the office has lost it, and the bytes are here no more. */
  readonly gone: boolean
  readonly status: Status
  readonly officialCode: string | null
  readonly resultOn: string | null
  readonly message: string | null
  readonly papers: string[]
  /** What the assistance slip says; null for an application finalised before there were slips. */
  readonly slip: Slip | null
  readonly changedAt: string | null
}

export interface PackOnTablet {
  readonly pack: PackRef
  readonly digest: string
  /** True for a pack that the office offers now; others stay while a draft refers to them. */
  readonly current: boolean
}

export interface PackContent extends PackOnTablet {
  readonly content: unknown
  readonly texts: Record<string, unknown>
}

/** What the office publishes beside the packs. */
export interface OfficeSheet {
  /** core/procedure/catalogue parses it; null when this office has published none. */
  readonly catalogue: unknown
  readonly counter: Counter
}

export interface Room {
  readonly persisted: boolean | null
  readonly usedBytes: number | null
  readonly quotaBytes: number | null
  readonly level: 'fine' | 'low' | 'full'
}

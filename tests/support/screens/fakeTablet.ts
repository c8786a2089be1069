// A tablet without storage, network or keys, for tests of screens: what `watch` tells is set by the test, what screens ask
// for is written down. It keeps the one promise that screens build on: a locked tablet tells no drafts and no cases.
import type { ApplicationId, DeviceId, PackRef, VolunteerId } from '../../../core/ids.ts'
import { failure } from '../../../core/failures.ts'
import type { Finding } from '../../../src/offline/findings.ts'
import type { Visit } from '../../../core/procedure/visit.ts'
import { fail, ok } from '../../../core/result.ts'
import type { CarrierPlan, CaseView, DeviceView, Draft, DraftContent, DraftRow, OfficeSheet, OutboxView, PackContent, Room, Tablet, VolunteerView } from '../../../src/offline/tablet.ts'

export interface FakeTablet extends Tablet {
  readonly asked: string[]
  readonly saves: { version: number; content: DraftContent }[]
  readonly set: {
    device: (view: DeviceView | null) => void
    volunteers: (list: VolunteerView[]) => void
    who: (view: VolunteerView | null) => void
    drafts: (rows: DraftRow[]) => void
    cases: (rows: CaseView[]) => void
    outbox: (view: OutboxView) => void
    packs: (rows: PackContent[]) => void
    tooNew: (packs: readonly PackRef[]) => void
    sheet: (sheet: OfficeSheet) => void
    room: (room: Room) => void
    visit: (visit: Visit | null) => void
    findings: (findings: readonly Finding[]) => void
  }
  /** What an export would write. */
  plan: CarrierPlan
  onBringBack: (files: readonly Blob[]) => Awaited<ReturnType<Tablet['outbox']['bringBack']>>
  /** What the next saves answer; the usual answer is the version after the given one. */
  onSave: (version: number, content: DraftContent) => ReturnType<Tablet['drafts']['save']>
}

interface Source<T> {
  readonly watch: (onChange: (value: T) => void) => () => void
  readonly set: (value: T) => void
  readonly get: () => T
}

function source<T>(first: T): Source<T> {
  let value = first
  const watchers = new Set<(value: T) => void>()
  return {
    get: () => value,
    set(next) {
      value = next
      for (const tell of watchers) tell(next)
    },
    watch(onChange) {
      watchers.add(onChange)
      onChange(value)
      return () => watchers.delete(onChange)
    },
  }
}

export const anId = (end = '001'): ApplicationId => `01890000-0000-7000-8000-000000000${end}` as ApplicationId
export const aPackRef = (): PackRef => '1.001193@1.0.0' as PackRef

export const aDevice = (over: Partial<DeviceView> = {}): DeviceView => ({
  device: 'd'.repeat(43) as DeviceId,
  number: '03',
  state: 'active',
  words: ['áo', 'bàn', 'cá', 'dao', 'én', 'gà'],
  office: { name: 'Ủy ban nhân dân phường Phú Xuân', unit: '19753' },
  keySetExpired: false,
  refusal: null,
  ...over,
})

export const aVolunteer = (over: Partial<VolunteerView> = {}): VolunteerView => ({
  id: '01890000-0000-7000-8000-0000000000aa' as VolunteerId,
  name: 'Trần Thị Ka Lan',
  number: 'TNV-07',
  badgeExpiresAt: '2027-01-01T00:00:00.000Z',
  ...over,
})

export const anOutbox = (over: Partial<OutboxView> = {}): OutboxView => ({
  items: [], onlyHere: 0, oldestOnlyHereAt: null, sending: false, road: 'unknown', pausedBecause: null, lastReachedAt: null, partsPaused: false, restored: null, ...over,
})

/** A plan of one file a size in bytes, an application in each. */
export const aPlan = (sizes: readonly number[] = [4000], over: Partial<CarrierPlan> = {}): CarrierPlan => ({
  files: sizes.map((sizeBytes, at) => ({ lines: [], sizeBytes, applications: [anId(`00${at + 1}`)], number: at + 1, of: sizes.length })),
  applications: sizes.length, tooLarge: 0, textBytes: 4000, photoBytes: 0, ...over,
})

export const aDraft = (over: Partial<Draft> = {}): Draft => ({
  id: anId(),
  pack: aPackRef(),
  version: 1,
  content: { answers: {}, papers: {}, attachments: [], touched: [], place: null, label: '' },
  startedAt: '2026-11-24T02:00:00.000Z',
  inReplyTo: null,
  ...over,
})

export const aCase = (over: Partial<CaseView> = {}): CaseView => ({
  id: anId(), localCode: 'TN-03-261124-001A', pack: aPackRef(), label: 'Nguyễn Đình Minh An', finalisedAt: '2026-11-24T02:00:00.000Z',
  atOffice: 'complete', gone: false, status: 'received', officialCode: null, resultOn: null, message: null, papers: [], slip: null, changedAt: null, ...over,
})

export function fakeTablet(): FakeTablet {
  const device = source<DeviceView | null>(aDevice())
  const volunteers = source<VolunteerView[]>([aVolunteer()])
  const who = source<VolunteerView | null>(null)
  const drafts = source<DraftRow[]>([])
  const cases = source<CaseView[]>([])
  const visit = source<Visit | null>(null)
  const outbox = source(anOutbox())
  const packs = source<PackContent[]>([])
  const tooNew = source<readonly PackRef[]>([])
  const sheet = source<OfficeSheet>({ catalogue: null, counter: {} })
  const room = source<Room>({ persisted: null, usedBytes: null, quotaBytes: null, level: 'fine' })
  const findings = source<readonly Finding[]>([])
  const asked: string[] = []
  const saves: FakeTablet['saves'] = []

  function lock(): void {
    asked.push('lock')
    drafts.set([])
    cases.set([])
    who.set(null)
  }
  const enter = (view: VolunteerView): ReturnType<Tablet['vault']['unlock']> => {
    who.set(view)
    return Promise.resolve(ok(view))
  }

  const tablet: FakeTablet = {
    asked,
    saves,
    set: {
      device: device.set, volunteers: volunteers.set, who: who.set, drafts: drafts.set, cases: cases.set, outbox: outbox.set, packs: packs.set, tooNew: tooNew.set, sheet: sheet.set, room: room.set, visit: visit.set, findings: findings.set,
    },
    plan: aPlan(),
    onBringBack: () => ok({ complete: 0, received: 0, refused: 0, disputed: 0, known: 0, strange: 0 }),
    onSave: (version) => Promise.resolve(ok(version + 1)),
    start: () => () => undefined,
    device: {
      watch: device.watch,
      enrol: () => Promise.resolve(ok(aDevice())),
      refresh: () => Promise.resolve(ok(aDevice())),
    },
    vault: {
      watchVolunteers: volunteers.watch,
      claimBadge: () => Promise.resolve(ok({ badge: 'b', volunteer: aVolunteer() })),
      create: () => enter(aVolunteer()),
      unlock: (_id, passphrase) => (passphrase === 'mot hai ba bon' ? enter(aVolunteer()) : Promise.resolve(fail(failure('passphraseWrong')))),
      lock,
      watchLock: who.watch,
    },
    drafts: {
      watch: drafts.watch,
      start: () => Promise.resolve(ok(aDraft())),
      open: () => Promise.resolve(ok(aDraft())),
      save(_id, version, content) {
        saves.push({ version, content })
        asked.push('save')
        return tablet.onSave(version, content)
      },
      move(_id, version, pack, content) {
        saves.push({ version, content })
        asked.push(`move ${pack}`)
        return tablet.onSave(version, content)
      },
      discard: () => Promise.resolve(ok()),
      finalise: () => Promise.resolve(ok({ localCode: 'TN-03-261124-001A' })),
    },
    photos: {
      keep: ({ document, mediaType, widthPx, heightPx, bytes }) =>
        Promise.resolve(ok({ id: anId(), document, order: 1, mediaType, widthPx, heightPx, sizeBytes: bytes.length, key: 'k'.repeat(43), parts: ['p'.repeat(43)] })),
      read: () => Promise.resolve(ok(new Uint8Array([0xff, 0xd8, 0xff]))),
      forget(attachments) {
        asked.push(...attachments.map(({ id }) => `forget ${id}`))
        return Promise.resolve()
      },
    },
    visit: {
      watch: visit.watch,
      keep(now) {
        visit.set(now)
        return Promise.resolve(ok())
      },
      end() {
        visit.set(null)
        return Promise.resolve(ok())
      },
    },
    outbox: {
      watch: outbox.watch,
      sendNow: () => asked.push('sendNow'),
      planExport(withPhotos) {
        asked.push(`plan ${withPhotos ? 'with' : 'without'} photos`)
        return Promise.resolve(tablet.plan)
      },
      writeExport: ({ number, applications }) => Promise.resolve({ content: new Blob([`{"file":${number}}\n`]), written: applications }),
      noteExported(ids) {
        asked.push(`exported ${ids.join(' ')}`)
        return Promise.resolve(ok())
      },
      bringBack: (files) => Promise.resolve(tablet.onBringBack(files)),
    },
    cases: { watch: cases.watch },
    packs: {
      watch: packs.watch,
      read: (ref) => Promise.resolve(((found) => (found ? ok(found) : fail(failure('notFound'))))(packs.get().find((row) => row.pack === ref))),
      refresh: () => Promise.resolve(ok()),
      watchTooNew: tooNew.watch,
      watchSheet: sheet.watch,
    },
    findings: {
      watch: findings.watch,
      markRead() {
        asked.push('markRead')
        findings.set(findings.get().map((finding) => ({ ...finding, readAt: '2026-11-24T03:00:00.000Z' })))
        return Promise.resolve()
      },
    },
    room: { watch: room.watch, askToPersist: () => Promise.resolve(true) },
  }
  return tablet
}

/** Puts the offline half together for a page. Everything from outside comes in through `TabletPorts`. */
import { failure } from '../../../core/failures.ts'
import { fail } from '../../../core/result.ts'
import { attempt, watchRows } from '../db.ts'
import { makeSignedIn } from '../dpop.ts'
import { enrol, readDevice, refreshDevice } from '../enrol.ts'
import { makeHttp } from '../http.ts'
import { noteRefusal, readIdentity } from '../keys.ts'
import { bringBack } from '../outbox/bringBack.ts'
import { planCarrier, writeCarrier } from '../outbox/carrier.ts'
import { keepTwice } from '../outbox/freshParts.ts'
import { makeRoom } from '../outbox/purge.ts'
import { noteExported } from '../outbox/queue.ts'
import { listPacks, readPack, readTooNew } from '../packs/cache.ts'
import { refreshPacks } from '../packs/refresh.ts'
import { readSheet } from '../packs/sheet.ts'
import { readRows, vaultRowShape } from '../rows.ts'
import type { DraftSide, Tablet, VaultSide } from '../tablet.ts'
import { makeAttachments } from '../vault/attachments.ts'
import { claimBadge } from '../vault/badges.ts'
import { makeDrafts } from '../vault/drafts.ts'
import { finalise } from '../vault/finalise.ts'
import { makeKeyring, volunteerOf } from '../vault/key.ts'
import { endVisit, keepVisit } from '../vault/visits.ts'
import { discardDraft } from './discardDraft.ts'
import { makeFindings } from './findings.ts'
import { keepGoing } from './keepGoing.ts'
import type { Inside, TabletPorts } from './tabletPorts.ts'
import { watchCases, watchDrafts, watchVisit } from './watchVault.ts'
import { watchOutbox } from './watchOutbox.ts'
import { watchRoom } from './watchRoom.ts'

export function makeTablet(ports: TabletPorts): Tablet {
  const { db, clock, signals, trouble } = ports
  const http = makeHttp(ports)
  const signedIn = makeSignedIn({ ...ports, http, identity: () => readIdentity(db), refused: (refusal) => noteRefusal(db, refusal) })
  const inside: Inside = { ...ports, files: ports.parts, parts: keepTwice(ports), http, signedIn, keyring: makeKeyring(ports), findings: makeFindings(ports) }
  const queued = (): void => {
    signals.send({ kind: 'queued' })
    ports.surroundings.askForSync().catch(trouble)
  }
  return {
    start: () => keepGoing(inside),
    device: {
      watch: (onChange) => watchRows(() => readDevice(db, clock), onChange, trouble),
      enrol: async (by) => {
        await inside.findings.settled()
        return enrol(inside, by)
      },
      refresh: () => refreshDevice(inside),
    },
    vault: makeVault(inside),
    drafts: makeDraftSide(inside, queued),
    photos: makeAttachments({ ...inside, makeRoom: () => makeRoom(db, inside.mirror, inside.parts) }),
    visit: {
      watch: (onChange) => watchVisit(inside, onChange),
      keep: (visit) => keepVisit(inside, visit),
      end: () => endVisit(inside),
    },
    outbox: {
      watch: (onChange) => watchOutbox(inside, onChange),
      sendNow: () => signals.send({ kind: 'sendNow' }),
      planExport: (withPhotos) => planCarrier(inside, withPhotos),
      writeExport: (file) => writeCarrier(inside, file),
      noteExported: (ids) => attempt(() => noteExported(db, ids, new Date(clock.nowMs()).toISOString())),
      bringBack: (files) => bringBack(inside, files),
    },
    cases: { watch: (onChange) => watchCases(inside, onChange) },
    packs: {
      watch: (onChange) => watchRows(() => listPacks(db), onChange, trouble),
      read: (ref) => readPack(db, ref),
      refresh: () => refreshPacks(inside),
      watchTooNew: (onChange) => watchRows(() => readTooNew(db), onChange, trouble),
      watchSheet: (onChange) => watchRows(() => readSheet(db), onChange, trouble),
    },
    findings: { watch: (onChange) => inside.findings.watch(onChange), markRead: () => inside.findings.markRead() },
    room: {
      watch: (onChange) => watchRoom(inside, onChange),
      askToPersist: () => ports.storage.persist(),
    },
  }
}

/** Nobody finalises before the look of this start is over: it may raise the number that comes next. */
function makeDraftSide(inside: Inside, queued: () => void): DraftSide {
  const drafts = makeDrafts(inside)
  return {
    ...drafts,
    discard: (id) => discardDraft(inside, drafts, id),
    watch: (onChange) => watchDrafts(inside, onChange),
    finalise: async (id, version) => {
      await inside.findings.settled()
      return finalise({ ...inside, queued }, id, version)
    },
  }
}

/** Whoever opens a vault here wants it kept: the browser is asked for that once a page, and its answer stands in the settings. */
function makeVault({ db, signedIn, keyring, storage, trouble }: Inside): VaultSide {
  let hasAsked = false
  const askToPersist = async (): Promise<void> => {
    if (hasAsked) return
    hasAsked = true
    if ((await storage.persisted()) === false) await storage.persist()
  }
  const opened = (answer: Awaited<ReturnType<VaultSide['unlock']>>): typeof answer => {
    if (answer.ok) askToPersist().catch(trouble)
    return answer
  }
  return {
    watchVolunteers: (onChange) =>
      watchRows(async () => readRows(vaultRowShape, await db.vaults.toArray()).map(volunteerOf), onChange, trouble),
    claimBadge: (code) => (code.trim() === '' ? Promise.resolve(fail(failure('badgeCodeInvalid'))) : claimBadge(db, signedIn, code)),
    create: async (claimed, passphrase) => opened(await keyring.create(claimed, passphrase)),
    unlock: async (volunteer, passphrase) => opened(await keyring.unlock(volunteer, passphrase)),
    lock: () => keyring.lock(),
    watchLock: (onChange) => keyring.watch((session) => onChange(session?.volunteer ?? null)),
  }
}

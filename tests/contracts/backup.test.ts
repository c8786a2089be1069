// Backup and restore on a real database: what is put back is the very office, and nothing broken is ever put back.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { base64url, concat } from '../../core/bytes.ts'
import { sha256 } from '../../core/sealing/digest.ts'
import { generateKeys } from '../../core/sealing/keys.ts'
import { cutIntoParts, type SealedPart } from '../../core/sealing/parts.ts'
import { caseShape } from '../../core/wire/desk.ts'
import { holdingsAnswerShape, verifyHoldings, type Held } from '../../core/wire/holdings.ts'
import { readNote, writeNote } from '../../server/backup/restoring.ts'
import { withConnection } from '../../server/backup/connection.ts'
import { makeTicket } from '../../server/people/tickets.ts'
import { aBareMachine, putsBack, takesBackup, triesBackup, triesRestore, type Backup, type Bare } from '../support/backups.ts'
import { aDevice } from '../support/office.ts'
import { aJpeg, anAttachment } from '../support/photos.ts'
import { aWholeOffice, countRows, origin, type WholeOffice } from '../support/wholeOffice.ts'
import { aTablet, anOfficer, enrol, kindIn, put, sealedBy, signedRequest, type Tablet } from '../support/wholeTablet.ts'

let whole: WholeOffice
let tablet: Tablet
let folder: string
const tenYearsMs = 10 * 365 * 24 * 3_600_000

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tiepsuc-backups-'))
  whole = await aWholeOffice()
  tablet = await aTablet(whole)
  await anOfficer(whole)
}, 120_000)
afterAll(async () => {
  await whole.close()
  rmSync(folder, { recursive: true, force: true })
})

const photo = concat(aJpeg({ widthPx: 1500, heightPx: 2000, cut: true }), new Uint8Array(300_000), new Uint8Array([0xff, 0xd9]))

/** An application with one photo of two parts, delivered whole. */
async function withPhoto(office: WholeOffice) {
  const [key, id] = [crypto.getRandomValues(new Uint8Array(32)), crypto.randomUUID()]
  const parts = await cutIntoParts(photo, id, key)
  const attachment = anAttachment({ id, key: base64url(key), sizeBytes: photo.length, parts: parts.map(({ name }) => name) })
  const sealed = await sealedBy(office, tablet, { parts: attachment.parts, application: { attachments: [attachment] } })
  await put(office, sealed)
  await sends(office, parts)
  return { sealed, photo: id, parts }
}

async function sends(office: WholeOffice, parts: readonly SealedPart[]): Promise<void> {
  for (const { name, bytes } of parts) {
    const answer = await office.ask(`/api/v1/parts/${name}`, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body: bytes })
    if (answer.status !== 204) throw new Error(await answer.text())
  }
}

const outcomeOf = async (office: WholeOffice, { id, digest }: Held): Promise<string> =>
  (await office.ask(`/api/v1/outcomes/${id}?digest=${digest}&device=${tablet.device.device}`)).text()

async function holdingsOf(office: WholeOffice, held: readonly Held[]) {
  const answer = await office.ask('/api/v1/holdings', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ held: held.map(({ id, digest }) => ({ id, digest })) }) })
  return verifyHoldings(v.parse(holdingsAnswerShape, await answer.json()).holdings, office.office.keys.keySet, held)
}

async function cookieOf(office: WholeOffice): Promise<string> {
  const body = JSON.stringify({ username: 'can.bo', password: 'mot-mat-khau-dai' })
  const signIn = await office.ask('/desk/api/sign-in', { method: 'POST', headers: { Origin: origin }, body })
  return signIn.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
}

describe('an office put back from a backup', () => {
  let again: WholeOffice
  let backup: Backup
  let one: Awaited<ReturnType<typeof sealedBy>>
  let first: Awaited<ReturnType<typeof withPhoto>>
  let later: Awaited<ReturnType<typeof sealedBy>>[]
  let second: Awaited<ReturnType<typeof withPhoto>>
  let before: Record<string, number>
  let session: string
  let open: string

  beforeAll(async () => {
    one = await sealedBy(whole, tablet)
    await put(whole, one)
    first = await withPhoto(whole)
    await whole.opener.settled()
    session = await cookieOf(whole)
    // Longer than any of ours, so that only the restore can have ended it.
    open = (await makeTicket(whole.office, { kind: 'enrol', confirmed: true, volunteer: null, lifeMs: tenYearsMs })).secret
    before = await countRows(whole)
    backup = await takesBackup(whole, join(folder, 'good'))
    later = await Promise.all(Array.from({ length: 50 }, (_, at) => sealedBy(whole, tablet, { seq: 10 + at })))
    for (const envelope of later) await put(whole, envelope)
    second = await withPhoto(whole)
    again = await putsBack(backup)
  }, 120_000)
  afterAll(() => again.close())

  it('begins an epoch of its own, and holds every row but sessions', async () => {
    const after = await countRows(again)

    // The minutes from the first of 2026 to the restore.
    expect([again.office.epoch.number, whole.office.epoch.number]).toEqual([471_120, 1])
    expect(again.office.epoch.id).not.toBe(whole.office.epoch.id)
    expect({ ...after, backups: 0 }).toEqual({ ...before, epoch: 2, officer_sessions: 0, backups: 0, restores: 1 })
  })

  it('says of what it holds that no backup of its own covers it, and of the rest that it lacks it', async () => {
    const holdings = await holdingsOf(again, [one, first.sealed, ...later, second.sealed])

    expect(holdings?.lacking).toEqual([...later, second.sealed].map(({ id }) => id))
    expect(holdings?.uncovered).toEqual([one.id, first.sealed.id])
    expect((await holdingsOf(whole, [one, first.sealed]))?.uncovered).toEqual([])
  })

  it('gives the very outcomes again that it gave before', async () => {
    for (const held of [one, first.sealed]) expect(await outcomeOf(again, held)).toBe(await outcomeOf(whole, held))
  })

  it('lets its officers sign in anew, and shows them cases and photos', async () => {
    expect((await whole.ask('/desk/api/inbox', { headers: { Cookie: session } })).status).toBe(200)
    expect((await again.ask('/desk/api/inbox', { headers: { Cookie: session } })).status).toBe(401)
    const headers = { Cookie: await cookieOf(again) }
    const seen = v.parse(caseShape, await (await again.ask(`/desk/api/cases/${first.sealed.id}`, { headers })).json())
    const shown = await again.ask(`/desk/api/cases/${first.sealed.id}/attachments/${first.photo}`, { headers })

    expect(seen.photos.map(({ missing }) => missing)).toEqual([0])
    expect(Buffer.from(await shown.arrayBuffer()).equals(Buffer.from(photo))).toBe(true)
  })

  it('knows its tablets, and takes no one-time code that was still open', async () => {
    expect((await signedRequest(again, tablet.device, 'GET', '/api/v1/feed?after=0')).status).toBe(200)
    // An hour after the restore.
    again.time.nowMs += 2 * 3_600_000
    const refused = await enrol(again, await aDevice(), open)

    expect([refused.status, await kindIn(refused)]).toEqual([410, 'ticketSpent'])
    expect((await enrol(whole, await aDevice(), open)).status).toBe(201)
  })

  it('takes in once what came after the backup, and completes its photos', async () => {
    const answers = []
    for (const envelope of [one, ...later, ...later, second.sealed]) answers.push((await put(again, envelope)).status)
    await sends(again, second.parts)

    expect(answers).toEqual([200, ...later.map(() => 201), ...later.map(() => 200), 201])
    expect((await holdingsOf(again, [one, first.sealed, ...later, second.sealed]))?.lacking).toEqual([])
  })

  it('is covered again by a backup of its own, into the same folder, which writes only new parts', async () => {
    const next = await triesBackup(again, backup.dir)

    expect(next.ok && [next.value.manifest.epoch.number, next.value.manifest.parts.count, next.value.newParts]).toEqual([again.office.epoch.number, 4, 2])
    expect((await holdingsOf(again, [one, second.sealed]))?.uncovered).toEqual([])
    expect(readdirSync(backup.dir).filter((name) => name.startsWith('backup-'))).toHaveLength(2)
  })
})

describe('a backup that is not whole, or not for here', () => {
  let good: Backup
  let other: WholeOffice
  let others: Backup
  let bare: Bare

  beforeAll(async () => {
    await withPhoto(whole)
    good = await takesBackup(whole, join(folder, 'intact'))
    other = await aWholeOffice()
    others = await takesBackup(other, join(folder, 'others'))
    bare = await aBareMachine()
  }, 120_000)
  afterAll(async () => {
    await other.close()
    await bare.database.drop()
    rmSync(bare.folder, { recursive: true, force: true })
  })

  /** A copy of the good folder of backups, broken by `harm`, which is told the folder of the backup inside. */
  function broken(harm: (backup: string, dir: string) => void): string {
    const dir = mkdtempSync(join(folder, 'broken-'))
    cpSync(good.dir, dir, { recursive: true })
    harm(join(dir, good.folder.slice(good.dir.length)), dir)
    return dir
  }
  const flip = (path: string, at: number): void => {
    const bytes = readFileSync(path)
    const place = at < 0 ? bytes.length + at : at
    bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place)
    writeFileSync(path, bytes)
  }
  const swap = (one: string, two: string): void => {
    renameSync(one, `${one}.aside`)
    renameSync(two, one)
    renameSync(`${one}.aside`, two)
  }
  const aPart = (dir: string): string => {
    const [two = ''] = readdirSync(join(dir, 'parts'))
    const [name = ''] = readdirSync(join(dir, 'parts', two))
    return join(dir, 'parts', two, name)
  }
  const cut = (path: string): void => truncateSync(path, statSync(path).size - 1)
  const writtenOn = async ({ folder: machine, database }: Bare) => {
    const tables = await withConnection(database.url, (client) => client.query(`select tablename from pg_tables where schemaname = 'public'`))
    return [readdirSync(machine), tables.rowCount]
  }

  it.each<[string, (backup: string, dir: string) => void, RegExp]>([
    ['with a table that was cut', (backup) => cut(join(backup, 'table-envelopes.sealed')), /table-envelopes\.sealed of this backup is cut or changed/],
    ['with one bit changed in a table', (backup) => flip(join(backup, 'table-events.sealed'), 40), /table-events\.sealed of this backup is cut or changed/],
    ['with two tables in each other\'s place', (backup) => swap(join(backup, 'table-cases.sealed'), join(backup, 'table-outcomes.sealed')), /cut or changed/],
    ['without one of its tables', (backup) => rmSync(join(backup, 'table-devices.sealed')), /A file of this backup is missing/],
    ['with its keys changed', (backup) => flip(join(backup, 'keys.sealed'), -1), /keys\.sealed of this backup is cut or changed/],
    ['without a part', (_, dir) => rmSync(aPart(dir)), /The part \S+ of this backup is missing/],
    ['with a part changed', (_, dir) => flip(aPart(dir), 7), /The part \S+ of this backup is damaged/],
    ['with a part cut', (_, dir) => cut(aPart(dir)), /The part \S+ of this backup is damaged/],
    ['with its manifest changed', (backup) => flip(join(backup, 'manifest.jws'), 200), /The manifest of this backup is cut or changed/],
    ['with the manifest of another office', (backup) => cpSync(join(others.folder, 'manifest.jws'), join(backup, 'manifest.jws')), /belongs to another one/],
    ['with manifest and key of another office', (backup) => ['manifest.jws', 'key.jwe'].forEach((name) => cpSync(join(others.folder, name), join(backup, name))), /sealed to another escrow key/],
    ['without its manifest', (backup) => rmSync(join(backup, 'manifest.jws')), /A file of this backup is missing/],
  ])('%s is refused in a sentence, and nothing is written', async (_, harm, sentence) => {
    const refused = await triesRestore(broken(harm), good.escrow, bare)

    expect(refused).toEqual({ ok: false, failure: expect.stringMatching(sentence) as string })
    expect(await writtenOn(bare)).toEqual([[], 0])
  })

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['under the escrow key of another office', async () => triesRestore(good.dir, others.escrow, bare), /This escrow key does not open this backup/],
    ['under a key that is nobody\'s', async () => triesRestore(good.dir, (await generateKeys('open')).privateJwk, bare), /This escrow key does not open this backup/],
    ['out of a folder without one', async () => triesRestore(folder, good.escrow, bare), /There is no backup in/],
    ['out of a folder that is not there', async () => triesRestore(join(folder, 'nowhere'), good.escrow, bare), /There is no backup in/],
  ])('is not put back %s', async (_, restore, sentence) => {
    expect(await restore()).toEqual({ ok: false, failure: expect.stringMatching(sentence) as string })
    expect(await writtenOn(bare)).toEqual([[], 0])
  })

  it('is not put back into a running office, nor into a database that was used, nor over keys', async () => {
    const before = await countRows(other)
    const running = await triesRestore(good.dir, good.escrow, { ...bare, database: other.database })
    const used = await aBareMachine()
    await withConnection(used.database.url, (client) => client.query('create table theirs (a int); insert into theirs values (1)'))
    const intoUsed = await triesRestore(good.dir, good.escrow, used)
    const overKeys = await triesRestore(good.dir, good.escrow, { ...bare, folder: other.folder })

    expect(running).toEqual({ ok: false, failure: expect.stringContaining('An office is connected to this database') as string })
    expect(intoUsed).toEqual({ ok: false, failure: expect.stringContaining('The database is not empty (theirs has rows)') as string })
    expect(overKeys).toEqual({ ok: false, failure: expect.stringContaining('There are keys of an office in') as string })
    expect(await countRows(other)).toEqual(before)
    expect(await writtenOn(used)).toEqual([[], 1])
    await used.database.drop()
  })

  it('begun and not ended lets no office start, and is simply run again', { timeout: 60_000 }, async () => {
    const machine = await aBareMachine()
    const dataFolder = join(machine.folder, 'data')
    mkdirSync(dataFolder)
    const half = { backup: 'of another backup', epoch: other.office.epoch.id }
    await writeNote(dataFolder, half)
    await expect(aWholeOffice({ at: machine })).rejects.toThrow('has not come to its end: run "npm run office -- restore" again')

    const first = await triesRestore(good.dir, good.escrow, machine)
    expect([first.ok, await readNote(dataFolder)]).toEqual([true, null])
    // Died after the commit and before the note was removed: the same epoch, nothing twice.
    const epoch = first.ok ? first.value.epoch : half.epoch
    const backup = await sha256(new Uint8Array(readFileSync(join(good.folder, 'manifest.jws'))))
    await writeNote(dataFolder, { backup, epoch: first.ok ? first.value.epoch.id : half.epoch })
    const again = await triesRestore(good.dir, good.escrow, machine, '2026-11-25T04:00:00.000Z')

    expect(again.ok && again.value.epoch).toEqual(epoch)
    expect(await readNote(dataFolder)).toBeNull()
    await machine.database.drop()
    rmSync(machine.folder, { recursive: true, force: true })
  })

  it('never mixes two offices in one folder of backups', async () => {
    expect(await triesBackup(other, good.dir)).toEqual({ ok: false, failure: expect.stringContaining('holds backups of another office') as string })
  })
})

// `npm run office -- keys`: the next key set, under which everything of the one before still opens and still verifies.
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyKeySet } from '../../core/sealing/keySet.ts'
import { ok } from '../../core/result.ts'
import { unlockKey } from '../../core/sealing/locked.ts'
import { keys } from '../../server/cli/office/keys.ts'
import { renewKeys } from '../../server/keys/renewKeys.ts'
import { holdFolder } from '../../server/start/presence.ts'
import { escrowOf, putsBack } from '../support/backups.ts'
import { aWholeOffice, origin, type WholeOffice } from '../support/wholeOffice.ts'
import { aTablet, outcomeIn, put, sealedBy, type Tablet } from '../support/wholeTablet.ts'

let whole: WholeOffice
let tablet: Tablet

beforeAll(async () => {
  whole = await aWholeOffice()
  tablet = await aTablet(whole)
})
afterAll(() => whole.close())

const dataFolder = (): string => whole.office.config.dataFolder
const offline = (role: 'root' | 'escrow'): string => join(dataFolder(), 'take-offline', `${role}.jwe`)

async function runs(args: readonly string[], passphrase = whole.passphrase): Promise<{ code: number; said: string[] }> {
  const said: string[] = []
  const say = (line: string): void => void said.push(line)
  const environment = { DATABASE_URL: whole.database.url, DATA_DIR: dataFolder(), PUBLIC_ORIGINS: origin, LOG_LEVEL: 'silent' }
  return { code: await keys.run(args, { environment, say, complain: say, askSecret: () => Promise.resolve(passphrase) }), said }
}

const renewing = (...more: string[]): string[] => ['renew', '--root', offline('root'), ...more]
const numberIn = ({ said }: { said: string[] }): number => Number(/^Key set (\d+) /m.exec(said.join('\n'))?.[1])

function filesOfKeys(): Record<string, string> {
  const { keysFolder } = whole.office.config
  return Object.fromEntries(readdirSync(keysFolder).map((name) => [name, readFileSync(join(keysFolder, name), 'utf8')]))
}

describe('a renewal that is refused changes nothing', () => {
  it.each([
    ['with a wrong passphrase', () => runs(renewing('--without-backup'), 'khong phai'), 1, /passphrase does not open/],
    ['with the escrow key', () => runs(['renew', '--root', offline('escrow'), '--without-backup']), 1, /not the root key of this office/],
    ['without a file', () => runs(['renew', '--root', join(dataFolder(), 'nowhere'), '--without-backup']), 1, /no file/],
    ['with a file that is no key', () => runs(['renew', '--root', aFile('words', 'không phải khóa'), '--without-backup']), 1, /does not open/],
    ['without saying which root', () => runs(['renew']), 2, /keys \[renew/],
    ['without saying where its backup goes', () => runs(renewing()), 2, /add --backup FOLDER.*--without-backup/],
    ['with a backup and without one', () => runs(renewing('--backup', folderIn('both'), '--without-backup')), 2, /keys \[renew/],
    ['whose backup has no place to go', () => runs(renewing('--backup', join(aFile('full', ''), 'backups'))), 1, /^The new keys are not in force, and nothing was changed, since there is no backup of them: ./],
    ['with a word it does not know', () => runs(['new', '--root', offline('root'), '--without-backup']), 2, /keys \[renew/],
  ])('%s', async (_case, run, code, sentence) => {
    const before = filesOfKeys()

    expect(await run()).toEqual({ code, said: [expect.stringMatching(sentence)] })

    expect(filesOfKeys()).toEqual(before)
  })

  it('over a key set that its root did not sign', async () => {
    const path = join(whole.office.config.keysFolder, 'key-set.json')
    const good = readFileSync(path, 'utf8')
    const [header, , signature] = whole.office.keys.keySetStatement.split('.')
    writeFileSync(path, JSON.stringify({ statement: `${header}.e30.${signature}` }))
    const before = filesOfKeys()
    try {
      expect(await runs(renewing('--without-backup'))).toEqual({ code: 1, said: [expect.stringMatching(/not signed by the root key/)] })
      expect(filesOfKeys()).toEqual(before)
    } finally {
      writeFileSync(path, good)
    }
  })

  it('beside an office that runs', async () => {
    const before = filesOfKeys()
    const held = await holdFolder(dataFolder())
    if (!held.ok) throw new Error(held.failure)
    try {
      expect((await runs(renewing('--without-backup'))).code).toBe(1)
    } finally {
      await held.value.leave()
    }

    expect(filesOfKeys()).toEqual(before)
  })
})

describe('a renewed key set', () => {
  let again: WholeOffice
  const about = ({ id, digest }: Awaited<ReturnType<typeof sealedBy>>) => ({ id, digest, device: tablet.device.device })

  it('is of a higher number, signed by the same root; what was sealed, signed and handed out before stays good', async () => {
    const [delivered, waiting] = [await sealedBy(whole, tablet), await sealedBy(whole, tablet)]
    const before = await put(whole, delivered)
    expect((await runs([])).said).toEqual([expect.stringMatching(/^Key set 1 .* 1 signing keys\.$/)])

    const renewed = await runs(renewing('--without-backup'))
    expect(renewed.said[0]).toMatch(/^Key set \d+ .* 2 signing keys\.$/)
    expect(renewed.said[1]).toMatch(/^No backup holds these keys yet/)

    await whole.opener.stop()
    again = await aWholeOffice({ at: whole })
    const { keySet } = (await (await again.ask('/api/v1/keys')).json()) as { keySet: string }
    const verified = await verifyKeySet(keySet, whole.office.keys.root, 2)
    expect(verified).toMatchObject({ ok: true, value: { number: numberIn(renewed), escrow: whole.office.keys.keySet.escrow } })
    expect(again.office.keys.keySet.working).not.toEqual(whole.office.keys.keySet.working)
    expect(await outcomeIn(again, before, about(delivered))).toMatchObject({ kind: 'complete' })
    expect(await outcomeIn(again, await put(again, waiting), about(waiting))).toMatchObject({ kind: 'complete' })
    const fresh = await sealedBy(again, tablet)
    expect(await outcomeIn(again, await put(again, fresh), about(fresh))).toMatchObject({ kind: 'complete' })
    again.opener.nudge()
    await again.opener.settled()
    expect(await again.office.db.selectFrom('cases').select('id').execute()).toHaveLength(3)
  })

  it('is renewed again over a renewal that died before its last step', async () => {
    const { keysFolder } = again.office.config
    const statement = readFileSync(join(keysFolder, 'key-set.json'), 'utf8')
    const before = numberIn(await runs([]))
    await runs(renewing('--without-backup'))
    writeFileSync(join(keysFolder, 'key-set.json'), statement)

    expect(numberIn(await runs([]))).toBe(before)
    const renewed = await runs(renewing('--without-backup'))
    expect(renewed.said[0]).toMatch(/ 3 signing keys\.$/)
    expect(numberIn(renewed)).toBeGreaterThan(before)
    expect(numberIn(await runs([]))).toBe(numberIn(renewed))
    await again.opener.stop()
  })
})

describe('an office put back after a renewal', () => {
  it('from the backup that the renewal made opens what tablets seal from then on', async () => {
    const dir = folderIn('backups')
    const renewed = await runs(renewing('--backup', dir))
    expect([renewed.code, renewed.said]).toEqual([0, expect.arrayContaining([expect.stringMatching(/^Backed up and read back: /)])])
    const served = await aWholeOffice({ at: whole })
    const sealed = await sealedBy(served, tablet)
    await served.opener.stop()

    const again = await putsBack({ dir, escrow: await escrowOf(whole) })
    await put(again, sealed)
    again.opener.nudge()
    await again.opener.settled()
    const { status } = await again.office.db.selectFrom('cases').select('status').where('id', '=', sealed.id).executeTakeFirstOrThrow()
    const number = again.office.keys.keySet.number
    await again.close()

    expect(status).toBe('beingChecked')
    expect(number).toBe(numberIn(renewed))
  })

  it('to before it gets a number above the lost one when it is renewed again', async () => {
    const folders = ['lost', 'putBack'].map((name) => folderIn(name))
    for (const folder of folders) cpSync(whole.office.config.keysFolder, folder, { recursive: true })
    const root = await unlockKey(readFileSync(offline('root'), 'utf8'), whole.passphrase)
    if (!root.ok) throw new Error(root.failure.kind)
    const numbers: number[] = []
    for (const [at, keysFolder] of folders.entries()) {
      const nowMs = Date.parse('2030-01-01T00:00:00.000Z') + at * 60_000
      const renewed = await renewKeys({ keysFolder, root: root.value, nowMs, beforeInForce: () => Promise.resolve(ok(undefined)) })
      if (renewed.ok) numbers.push(renewed.value.number)
    }

    expect(numbers).toEqual([2_103_840, 2_103_841])
  })
})

function folderIn(name: string): string {
  const path = join(whole.folder, name)
  mkdirSync(path, { recursive: true })
  return path
}

function aFile(name: string, content: string): string {
  const path = join(dataFolder(), name)
  writeFileSync(path, content)
  return path
}

// `npm run office -- keys`: the next key set, under which everything of the one before still opens and still verifies.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyKeySet } from '../../core/sealing/keySet.ts'
import { keys } from '../../server/cli/office/keys.ts'
import { holdFolder } from '../../server/start/presence.ts'
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

function filesOfKeys(): Record<string, string> {
  const { keysFolder } = whole.office.config
  return Object.fromEntries(readdirSync(keysFolder).map((name) => [name, readFileSync(join(keysFolder, name), 'utf8')]))
}

describe('a renewal that is refused changes nothing', () => {
  it.each([
    ['with a wrong passphrase', () => runs(['renew', '--root', offline('root')], 'khong phai'), 1, /passphrase does not open/],
    ['with the escrow key', () => runs(['renew', '--root', offline('escrow')]), 1, /not the root key of this office/],
    ['without a file', () => runs(['renew', '--root', join(dataFolder(), 'nowhere')]), 1, /no file/],
    ['with a file that is no key', () => runs(['renew', '--root', aFile('words', 'không phải khóa')]), 1, /does not open/],
    ['without saying which root', () => runs(['renew']), 2, /keys \[renew/],
    ['with a word it does not know', () => runs(['new', '--root', offline('root')]), 2, /keys \[renew/],
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
      expect(await runs(['renew', '--root', offline('root')])).toEqual({ code: 1, said: [expect.stringMatching(/not signed by the root key/)] })
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
      expect((await runs(['renew', '--root', offline('root')])).code).toBe(1)
    } finally {
      await held.value.leave()
    }

    expect(filesOfKeys()).toEqual(before)
  })
})

describe('a renewed key set', () => {
  let again: WholeOffice
  const about = ({ id, digest }: Awaited<ReturnType<typeof sealedBy>>) => ({ id, digest, device: tablet.device.device })

  it('is the next number, signed by the same root; what was sealed, signed and handed out before stays good', async () => {
    const [delivered, waiting] = [await sealedBy(whole, tablet), await sealedBy(whole, tablet)]
    const before = await put(whole, delivered)
    expect((await runs([])).said).toEqual([expect.stringMatching(/^Key set 1 .* 1 signing keys\.$/)])

    expect((await runs(['renew', '--root', offline('root')])).said[0]).toMatch(/^Key set 2 .* 2 signing keys\.$/)

    await whole.opener.stop()
    again = await aWholeOffice({ at: whole })
    const { keySet } = (await (await again.ask('/api/v1/keys')).json()) as { keySet: string }
    const verified = await verifyKeySet(keySet, whole.office.keys.root, 2)
    expect(verified).toMatchObject({ ok: true, value: { number: 2, escrow: whole.office.keys.keySet.escrow } })
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
    await runs(['renew', '--root', offline('root')])
    writeFileSync(join(keysFolder, 'key-set.json'), statement)

    expect((await runs([])).said[0]).toMatch(/^Key set 2 /)
    expect((await runs(['renew', '--root', offline('root')])).said[0]).toMatch(/^Key set 3 .* 3 signing keys\.$/)
    expect((await runs([])).said[0]).toMatch(/^Key set 3 /)
    await again.opener.stop()
  })
})

function aFile(name: string, content: string): string {
  const path = join(dataFolder(), name)
  writeFileSync(path, content)
  return path
}

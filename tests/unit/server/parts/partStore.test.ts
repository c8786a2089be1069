// Parts on a disk that breaks: a name is durable before anybody hears so, and damaged bytes give way to right ones.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import type { Bytes } from '../../../../core/bytes.ts'
import { sha256 } from '../../../../core/sealing/digest.ts'
import { partsOnDisk } from '../../../../server/parts/partStore.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A store that tells which folders were flushed; `dies` at the first flush, as a process that is killed there. */
function aStore({ folder = join(aFolder(), 'parts'), dies = false } = {}) {
  const flushed: string[] = []
  const flush = async (path: string): Promise<void> => {
    if (dies) throw new Error('killed')
    flushed.push(basename(path))
  }
  return { folder, flushed, store: partsOnDisk(folder, () => randomUUID(), flush) }
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tiepsuc-parts-'))
  folders.push(folder)
  return folder
}

async function aPart(): Promise<{ name: string; bytes: Bytes; sub: string }> {
  const bytes = crypto.getRandomValues(new Uint8Array(3_000))
  const name = await sha256(bytes)
  return { name, bytes, sub: name.slice(0, 2) }
}

it('a part whose writer died after the rename has a durable name before a second writer hears that it is stored', async () => {
  const { name, bytes, sub } = await aPart()
  const first = aStore({ dies: true })
  await expect(first.store.write(name, bytes)).rejects.toThrow('killed')
  const second = aStore({ folder: first.folder })
  await second.store.write(name, bytes)

  expect(await second.store.check(name)).toBe('whole')
  expect(second.flushed).toEqual([sub, 'parts', basename(join(first.folder, '..'))])
})

it.each([
  ['cut short', (bytes: Bytes) => bytes.slice(1)],
  ['changed', (bytes: Bytes) => bytes.map((byte, at) => (at === 100 ? byte ^ 1 : byte))],
  ['emptied', () => new Uint8Array(0)],
])('a part that was %s on disk gives way to the right bytes when they are written again', async (_, harm) => {
  const { name, bytes, sub } = await aPart()
  const { store, folder } = aStore()
  await store.write(name, bytes)
  writeFileSync(join(folder, sub, name), harm(bytes))
  const before = await store.check(name)
  await store.write(name, bytes)

  expect([before, await store.check(name)]).toEqual(['damaged', 'whole'])
  expect(Buffer.from(bytes).equals(readFileSync(join(folder, sub, name)))).toBe(true)
})

it('a part that the disk cannot read any more is damaged, and gives way as well', async () => {
  const { name, bytes, sub } = await aPart()
  const { store, folder } = aStore()
  mkdirSync(join(folder, sub), { recursive: true })
  // Reading the first page of a process' memory ends with EIO, as a bad sector does.
  symlinkSync('/proc/self/mem', join(folder, sub, name))
  const before = await store.check(name)
  await store.write(name, bytes)

  expect([before, await store.check(name)]).toEqual(['damaged', 'whole'])
})

it('a part that is there and whole is not written again', async () => {
  const { name, bytes, sub } = await aPart()
  const { store, folder } = aStore()
  await store.write(name, bytes)
  const made: string[] = []
  await partsOnDisk(folder, () => (made.push(name), 'second')).write(name, bytes)

  expect([made, readdirSync(join(folder, sub))]).toEqual([[], [name]])
})

// A sealed file of a backup opens only whole, in its order, under its name and its key.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkSealed, chunkBytes, linesOf, readSealed, writeSealed } from '../../../../server/backup/sealedFile.ts'

const folder = mkdtempSync(join(tmpdir(), 'tiepsuc-sealed-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const key = new Uint8Array(32).fill(1)
const sealedChunk = 12 + chunkBytes + 16
let files = 0
const aPath = () => join(folder, String((files += 1)))

async function written(content: Iterable<Uint8Array>): Promise<string> {
  const path = aPath()
  await writeSealed(path, 'table', content, key)
  return path
}

async function read(path: string, name = 'table', under = key): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of readSealed(path, name, under)) pieces.push(piece)
  return Buffer.concat(pieces)
}

const threeChunks = Buffer.alloc(2 * chunkBytes + 5, 'abc\n')

describe('a sealed file', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a few bytes', Buffer.from('một hàng\n')],
    ['exactly one chunk', Buffer.alloc(chunkBytes, 7)],
    ['one byte more than a chunk', Buffer.alloc(chunkBytes + 1, 7)],
    ['three chunks', threeChunks],
  ])('gives back %s', async (_, content) => {
    expect((await read(await written([content]))).equals(content)).toBe(true)
  })

  it('counts its lines and gives them one by one, wherever a chunk ends', async () => {
    const lines = Array.from({ length: 9_000 }, (_, at) => `${String(at)}\t${'phường Phú Xuân '.repeat(8)}`)
    const path = aPath()
    const facts = await writeSealed(path, 'table', [Buffer.from(`${lines.join('\n')}\n`)], key)
    const seen: string[] = []
    for await (const line of linesOf(path, 'table', key)) seen.push(line)

    expect(facts.lines).toBe(9_000)
    expect(facts.sizeBytes).toBeGreaterThan(sealedChunk)
    expect(seen).toEqual(lines)
    await expect(checkSealed(path, 'table', key, facts)).resolves.toBeUndefined()
    await expect(checkSealed(path, 'table', key, { ...facts, lines: 8_999 })).rejects.toThrow('does not hold as many rows')
    await expect(checkSealed(path, 'table', key, { ...facts, sha256: 'A'.repeat(43) })).rejects.toThrow('cut or changed')
  })

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['cut in the middle of a chunk', (bytes) => bytes.subarray(0, sealedChunk + 100)],
    ['cut exactly between two chunks', (bytes) => bytes.subarray(0, 2 * sealedChunk)],
    ['cut to nothing', () => Buffer.alloc(0)],
    ['lengthened by a chunk of its own', (bytes) => Buffer.concat([bytes, bytes.subarray(0, sealedChunk)])],
    ['with two chunks in each other\'s place', (bytes) => Buffer.concat([bytes.subarray(sealedChunk, 2 * sealedChunk), bytes.subarray(0, sealedChunk), bytes.subarray(2 * sealedChunk)])],
    ['with one bit changed', (bytes) => Buffer.from(bytes.map((byte, at) => (at === sealedChunk + 50 ? byte ^ 1 : byte)))],
  ])('does not open when it was %s', async (_, harm) => {
    const path = await written([threeChunks])
    writeFileSync(path, harm(readFileSync(path)))

    await expect(read(path)).rejects.toThrow('of this backup is cut or changed')
  })

  it('does not open under another name or another key', async () => {
    const path = await written([Buffer.from('a\n')])

    await expect(read(path, 'another')).rejects.toThrow('cut or changed, or belongs to another one')
    await expect(read(path, 'table', new Uint8Array(32).fill(2))).rejects.toThrow('cut or changed, or belongs to another one')
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import { sameBytes, type Bytes } from '../../../../core/bytes.ts'
import { sha256 } from '../../../../core/sealing/digest.ts'
import { maxPartBytes } from '../../../../core/sealing/limits.ts'
import { cutIntoParts, joinParts, type SealedPart } from '../../../../core/sealing/parts.ts'

const key = new Uint8Array(32).fill(7)
const photo = Uint8Array.from({ length: 600_000 }, (_, at) => (at * 31) % 251)
const bytesOf = (list: readonly SealedPart[]): Bytes[] => list.map(({ bytes }) => bytes)
const unreadable = (why: string) => ({ ok: false, failure: { kind: 'unreadable', why } })

let parts: readonly SealedPart[]
beforeAll(async () => {
  parts = await cutIntoParts(photo, 'one', key)
})

describe('an attachment cut into parts', () => {
  it('has parts of 256 KiB with their tags, named by the digest of what is sent', async () => {
    expect(parts.map(({ bytes }) => bytes.length)).toEqual([262_160, 262_160, 75_728])
    expect(maxPartBytes).toBe(262_160)
    for (const { name, bytes } of parts) expect(await sha256(bytes)).toBe(name)
  })

  it('comes back whole', async () => {
    const joined = await joinParts(bytesOf(parts), 'one', key)

    expect(joined.ok && sameBytes(joined.value, photo)).toBe(true)
  })

  it('of exactly one part has one, and one byte more makes two', async () => {
    const [exact, more] = [await cutIntoParts(new Uint8Array(262_144), 'a', key), await cutIntoParts(new Uint8Array(262_145), 'b', key)]
    expect([exact.length, more.length]).toEqual([1, 2])
  })

  it('does not open with its parts in another order', async () => {
    const [first, second, third] = bytesOf(parts)
    if (!first || !second || !third) throw new Error('three parts')
    expect(await joinParts([second, first, third], 'one', key)).toEqual(unreadable('part 1 of 3'))
  })

  it('does not open with a part missing at the end or doubled', async () => {
    expect(await joinParts(bytesOf(parts).slice(0, 2), 'one', key)).toEqual(unreadable('part 1 of 2'))
    expect(await joinParts([...bytesOf(parts), ...bytesOf(parts).slice(2)], 'one', key)).toEqual(unreadable('part 1 of 4'))
    expect(await joinParts([], 'one', key)).toEqual(unreadable('key or count of parts'))
  })

  it('does not open when one bit of a part is another', async () => {
    const altered = bytesOf(parts).map((bytes) => bytes.slice())
    const third = altered[2]
    if (third) third[1000] = (third[1000] ?? 0) ^ 1
    expect(await joinParts(altered, 'one', key)).toEqual(unreadable('part 3 of 3'))
  })

  it('does not open with a part of another attachment, even under the same key', async () => {
    const other = bytesOf(await cutIntoParts(photo.slice().reverse(), 'other', key))
    const mixed = [...bytesOf(parts).slice(0, 2), ...other.slice(2)]
    expect(await joinParts(mixed, 'one', key)).toEqual(unreadable('part 3 of 3'))
    expect(await joinParts(bytesOf(parts), 'other', key)).toEqual(unreadable('part 1 of 3'))
  })

  it('does not open with another key, or one of another length', async () => {
    expect(await joinParts(bytesOf(parts), 'one', new Uint8Array(32))).toEqual(unreadable('part 1 of 3'))
    expect(await joinParts(bytesOf(parts), 'one', new Uint8Array(5))).toEqual(unreadable('key or count of parts'))
  })
})

import { expect, it } from 'vitest'
import { makeBlobs } from '../../../../server/keys/blobs.ts'
import { makeSearchHash } from '../../../../server/keys/searchHash.ts'

const key = (fill: number) => new Uint8Array(32).fill(fill)

it('opens in its own place, with its own key, and whole; nowhere else', () => {
  const blobs = makeBlobs(key(1))
  const blob = blobs.lock('Nguyễn Thị Thử', 'cases/1')
  const altered = Buffer.from(blob)
  altered.writeUInt8(altered.readUInt8(altered.length - 1) ^ 1, altered.length - 1)

  expect(blobs.unlock(blob, 'cases/1')).toBe('Nguyễn Thị Thử')
  expect(blobs.unlock(blob, 'cases/2')).toBeNull()
  expect(makeBlobs(key(2)).unlock(blob, 'cases/1')).toBeNull()
  expect(blobs.unlock(altered, 'cases/1')).toBeNull()
  expect(blobs.unlock(blob.subarray(0, 10), 'cases/1')).toBeNull()
})

it('never locks the same text to the same bytes', () => {
  const { lock } = makeBlobs(key(1))

  expect(lock('a', 'p').equals(lock('a', 'p'))).toBe(false)
})

it('hashes equal values of one column alike, and of two columns apart', () => {
  const hash = makeSearchHash({ personalNumber: key(1), phone: key(2), code: key(3), fullName: key(4), nameAndYear: key(5) })

  expect(hash('phone', '0905123456')).toBe(hash('phone', '0905123456'))
  expect(hash('phone', '0905123456')).not.toBe(hash('code', '0905123456'))
})

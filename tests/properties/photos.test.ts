/** Laws of photos over random input: a header never throws and never promises what would not fit; parts come back whole. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, sameBytes } from '../../core/bytes.ts'
import { maxPhotoPixels, readImageHeader } from '../../core/application/imageHeader.ts'
import { cutIntoParts, joinParts } from '../../core/sealing/parts.ts'
import { aJpeg, aPng, aWebp, exifBlock, notPhotos } from '../support/photos.ts'

const starts = [aJpeg(), aJpeg({ exif: exifBlock({ orientation: 6 }) }), aPng(), aWebp(), ...notPhotos.map(([, , file]) => file)]
const noise = fc.uint8Array({ maxLength: 400 }).map((bytes) => new Uint8Array(bytes))

/** A real start, cut anywhere, with bytes changed and noise behind it. */
const damaged = fc
  .tuple(fc.constantFrom(...starts), fc.nat({ max: 400 }), fc.array(fc.tuple(fc.nat({ max: 399 }), fc.nat({ max: 255 })), { maxLength: 8 }), noise)
  .map(([start, length, changes, tail]) => {
    const file = concat(start.subarray(0, length), tail)
    for (const [at, byte] of changes) if (at < file.length) file[at] = byte
    return file
  })

describe('the header of any bytes', () => {
  it('never throws, and a photo that is taken has a size that fits', () => {
    fc.assert(
      fc.property(fc.oneof(noise, damaged), (file) => {
        const header = readImageHeader(file)
        if (!header.ok) return
        expect(header.value.widthPx * header.value.heightPx).toBeLessThanOrEqual(maxPhotoPixels)
        expect(Math.min(header.value.widthPx, header.value.heightPx)).toBeGreaterThanOrEqual(16)
      }),
      { numRuns: 5_000 },
    )
  })

  it('of every real start cut anywhere is a reason, not a photo', () => {
    for (const start of starts) {
      for (let length = 0; length < start.length; length += 1) expect(readImageHeader(start.slice(0, length)).ok, `${length} of ${start.length}`).toBe(false)
    }
  })
})

describe('parts of any attachment', () => {
  it('come back whole, and not under another id', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 600_000 }), fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uuid(), async (size, secret, id) => {
        const content = Uint8Array.from({ length: size }, (_, at) => (at * 7 + size) % 256)
        const key = new Uint8Array(secret)
        const parts = (await cutIntoParts(content, id, key)).map(({ bytes }) => bytes)

        const joined = await joinParts(parts, id, key)
        expect(joined.ok && sameBytes(joined.value, content)).toBe(true)
        expect((await joinParts(parts, `${id}x`, key)).ok).toBe(false)
      }),
      { numRuns: 25 },
    )
  })
})

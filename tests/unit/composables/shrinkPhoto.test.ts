import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ok } from '../../../core/result.ts'
import { photoHint } from '../../../src/composables/photoHint.ts'
import { keptSize, shrinkPhoto, type Pictures } from '../../../src/composables/shrinkPhoto.ts'
import { longestShrinkMs, makeShrink } from '../../../src/composables/usePhotoShrink.ts'
import { aJpeg, exifBlock, notPhotos } from '../../support/photos.ts'

const paper = new Uint8Array(64 * 64).map((_, at) => (at % 7 === 0 ? 40 : 220))

/** A browser whose pictures weigh what the test says at each quality. */
function aBrowser(sizes: readonly number[]) {
  const asked: string[] = []
  const pictures: Pictures = {
    decode: async (_file, _header, { widthPx, heightPx }) => {
      asked.push(`decode ${widthPx}x${heightPx}`)
      let at = 0
      return {
        encode: async (quality) => {
          asked.push(`encode ${quality}`)
          return new Uint8Array(sizes[at++] ?? 0)
        },
        look: () => ({ grey: paper, widthPx: 64 }),
        close: () => asked.push('close'),
      }
    },
  }
  return { pictures, asked }
}

describe('a photo that is shrunk', () => {
  it('is decoded upright with its longer side at 2000 px, and written once when it is small enough', async () => {
    const { pictures, asked } = aBrowser([400_000])
    const shrunk = await shrinkPhoto(aJpeg({ widthPx: 4000, heightPx: 3000, exif: exifBlock({ orientation: 6 }) }), pictures)

    expect(shrunk).toMatchObject({ ok: true, value: { mediaType: 'image/jpeg', widthPx: 1500, heightPx: 2000, hint: null } })
    expect(asked).toEqual(['decode 1500x2000', 'encode 0.8', 'close'])
  })

  it('is written again at lower quality until it is at most 600 KB, and then taken as it is', async () => {
    const { pictures, asked } = aBrowser([900_000, 700_000, 650_000])
    const shrunk = await shrinkPhoto(aJpeg(), pictures)

    expect(shrunk.ok && shrunk.value.bytes.length).toBe(650_000)
    expect(asked).toEqual(['decode 2000x1500', 'encode 0.8', 'encode 0.65', 'encode 0.5', 'close'])
  })

  it('is not blown up', () => {
    expect(keptSize({ widthPx: 800, heightPx: 600 })).toEqual({ widthPx: 800, heightPx: 600 })
    expect(keptSize({ widthPx: 30_000, heightPx: 20 })).toEqual({ widthPx: 2000, heightPx: 1 })
  })

  it.each(notPhotos)('is never decoded when it is %s', async (_name, trouble, file) => {
    const { pictures, asked } = aBrowser([])

    expect(await shrinkPhoto(file, pictures)).toEqual({ ok: false, failure: trouble })
    expect(asked).toEqual([])
  })

  it('that the browser cannot decode is a reason', async () => {
    expect(await shrinkPhoto(aJpeg(), { decode: async () => null })).toEqual({ ok: false, failure: 'cannotDecode' })
  })
})

describe('the hint on a photo', () => {
  it('says dark of a dark one, blurred of one without edges, and nothing of print on paper', () => {
    expect(photoHint(paper, 64)).toBeNull()
    expect(photoHint(paper.map((grey) => grey / 5), 64)).toBe('dark')
    expect(photoHint(new Uint8Array(64 * 64).map((_, at) => 150 + (at % 64) / 8), 64)).toBe('blurred')
    expect(photoHint(new Uint8Array(0), 0)).toBeNull()
  })
})

describe('shrinking in a worker', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  class FakeWorker extends EventTarget {
    ended = false
    postMessage(): void {
      started.push(this)
    }
    terminate(): void {
      this.ended = true
    }
  }
  let started: FakeWorker[] = []
  const aShrink = () => makeShrink(() => new FakeWorker() as unknown as Worker)
  beforeEach(() => (started = []))

  it('ends a photo that takes too long, with its worker', async () => {
    const answer = aShrink()(new Blob(['x']))
    await vi.advanceTimersByTimeAsync(longestShrinkMs)

    expect(await answer).toEqual({ ok: false, failure: 'tooSlow' })
    expect(started.map(({ ended }) => ended)).toEqual([true])
  })

  it('holds one picture at a time, and a broken worker stops no other photo', async () => {
    const shrink = aShrink()
    const [first, second] = [shrink(new Blob(['1'])), shrink(new Blob(['2']))]
    await vi.advanceTimersByTimeAsync(0)
    expect(started).toHaveLength(1)
    started[0]?.dispatchEvent(new Event('error'))
    expect(await first).toEqual({ ok: false, failure: 'cannotDecode' })
    await vi.advanceTimersByTimeAsync(0)
    started[1]?.dispatchEvent(new MessageEvent('message', { data: ok('a photo') }))

    expect(await second).toEqual({ ok: true, value: 'a photo' })
    expect(started.map(({ ended }) => ended)).toEqual([true, true])
  })
})

import { describe, expect, it } from 'vitest'
import { maxPhotoFileBytes, readImageHeader } from '../../../../core/application/imageHeader.ts'
import { aJpeg, aPng, aWebp, exifBlock, notPhotos } from '../../../support/photos.ts'

describe('the header of a photo', () => {
  it('tells kind and size of a JPEG, a PNG and a WebP', () => {
    expect(readImageHeader(aJpeg())).toEqual({ ok: true, value: { mediaType: 'image/jpeg', widthPx: 4000, heightPx: 3000, orientation: 1 } })
    expect(readImageHeader(aPng())).toEqual({ ok: true, value: { mediaType: 'image/png', widthPx: 1200, heightPx: 800, orientation: 1 } })
    expect(readImageHeader(aWebp())).toEqual({ ok: true, value: { mediaType: 'image/webp', widthPx: 900, heightPx: 600, orientation: 1 } })
  })

  it('gives the size as the picture is looked at when the camera was held upright', () => {
    const photo = readImageHeader(aJpeg({ exif: exifBlock({ orientation: 6 }) }))

    expect(photo).toEqual({ ok: true, value: { mediaType: 'image/jpeg', widthPx: 3000, heightPx: 4000, orientation: 6 } })
  })

  it.each(notPhotos)('of %s says %s', (_name, trouble, file) => {
    expect(readImageHeader(file)).toEqual({ ok: false, failure: trouble })
  })

  it('is not looked for in a file of more than 40 MiB', () => {
    expect(readImageHeader(new Uint8Array(maxPhotoFileBytes + 1))).toEqual({ ok: false, failure: 'tooLargeFile' })
  })
})

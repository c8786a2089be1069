/** Shrinks one photo in a thread of its own. The page stays awake, and ending the thread frees whatever a picture took. */
import * as v from 'valibot'
import { maxPhotoFileBytes, type ImageHeader } from '../../core/application/imageHeader.ts'
import type { Bytes } from '../../core/bytes.ts'
import { fail, type Result } from '../../core/result.ts'
import { keptType, shrinkPhoto, type Picture, type ShrinkTrouble, type ShrunkPhoto } from './shrinkPhoto.ts'

const questionShape = v.object({ file: v.instance(Blob) })
/** Longer side of the copy that is looked at for darkness and blur. */
const lookSidePx = 640

async function decode(file: Bytes, { mediaType }: ImageHeader, { widthPx, heightPx }: { widthPx: number; heightPx: number }): Promise<Picture | null> {
  const bitmap = await bitmapOf(new Blob([file], { type: mediaType }), widthPx, heightPx)
  if (bitmap === null) return null
  const canvas = new OffscreenCanvas(widthPx, heightPx)
  paint(canvas, bitmap)
  bitmap.close()
  return {
    async encode(quality) {
      const blob = await canvas.convertToBlob({ type: keptType, quality })
      return new Uint8Array(await blob.arrayBuffer())
    },
    look: () => greyOf(canvas),
    close() {
      canvas.width = 0
      canvas.height = 0
    },
  }
}

async function bitmapOf(photo: Blob, resizeWidth: number, resizeHeight: number): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(photo, { resizeWidth, resizeHeight, resizeQuality: 'high', imageOrientation: 'from-image' })
  } catch (cause) {
    if (cause instanceof DOMException || cause instanceof RangeError) return null
    throw cause
  }
}

/** On white, since what a PNG leaves out would become black. */
function paint(canvas: OffscreenCanvas, picture: CanvasImageSource): void {
  const context = canvas.getContext('2d', { alpha: false })
  if (context === null) throw new Error('no canvas')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
}

function greyOf(canvas: OffscreenCanvas): { grey: Uint8Array; widthPx: number } {
  const scale = Math.min(1, lookSidePx / Math.max(canvas.width, canvas.height))
  const small = new OffscreenCanvas(Math.max(1, Math.round(canvas.width * scale)), Math.max(1, Math.round(canvas.height * scale)))
  paint(small, canvas)
  const pixels = small.getContext('2d')?.getImageData(0, 0, small.width, small.height).data ?? new Uint8ClampedArray()
  const grey = new Uint8Array(pixels.length / 4)
  for (let at = 0; at < grey.length; at += 1) {
    grey[at] = 0.299 * (pixels[at * 4] ?? 0) + 0.587 * (pixels[at * 4 + 1] ?? 0) + 0.114 * (pixels[at * 4 + 2] ?? 0)
  }
  return { grey, widthPx: small.width }
}

async function shrink(file: Blob): Promise<Result<ShrunkPhoto, ShrinkTrouble>> {
  if (file.size > maxPhotoFileBytes) return fail('tooLargeFile')
  try {
    return await shrinkPhoto(new Uint8Array(await file.arrayBuffer()), { decode })
  } catch (cause) {
    // A file that was deleted or a card that was pulled out meanwhile.
    if (cause instanceof DOMException) return fail('unreadable')
    throw cause
  }
}

self.addEventListener('message', (message: MessageEvent<unknown>) => {
  const { file } = v.parse(questionShape, message.data)
  void shrink(file).then(
    (shrunk) => {
      self.postMessage(shrunk)
    },
    () => {
      self.postMessage(fail('cannotDecode'))
    },
  )
})

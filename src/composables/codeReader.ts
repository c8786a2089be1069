/**
 * Finds a QR code in a frame of the camera or in a photo: by the browser's own BarcodeDetector where it knows QR codes,
 * else by a reader of ours that is loaded on first use. Pictures live in one canvas that is overwritten and never stored.
 */
import { inject, type InjectionKey } from 'vue'
import { maxPhotoFileBytes, readImageHeader } from '../../core/application/imageHeader.ts'

/** A photo that cannot be looked at: too large for the tablet, a format browsers do not open, or no picture. */
export type PhotoTrouble = 'tooLarge' | 'heic' | 'notPhoto'
export type PhotoAnswer = { readonly text: string | null } | { readonly trouble: PhotoTrouble }

export interface CodeReader {
  /** The text of a code in the present frame, or null. */
  readonly readFrame: (video: HTMLVideoElement) => Promise<string | null>
  readonly readPhoto: (file: Blob) => Promise<PhotoAnswer>
}

export const codeReaderKey: InjectionKey<CodeReader> = Symbol('codeReader')

/** Longest side that is searched: a card that fills a third of the picture still has seven pixels a module. */
const frameSidePx = 1600
const photoSidePx = 3000

type Picture = HTMLVideoElement | ImageBitmap

export function makeCodeReader(): CodeReader {
  const canvas = document.createElement('canvas')
  let native: Promise<NativeDetector | null> | null = null

  async function search(picture: Picture, width: number, height: number, isPhoto: boolean): Promise<string | null> {
    if (width === 0 || height === 0) return null
    const detector = await (native ??= nativeDetector())
    const own = detector === null ? null : await detector(picture)
    // A live frame comes again; a photo deserves the second opinion.
    if (own !== null || (detector !== null && !isPhoto)) return own
    const pixels = drawn(canvas, picture, width, height, isPhoto ? photoSidePx : frameSidePx)
    if (pixels === null) return null
    const { readWithZxing } = await import('./zxingReader.ts')
    return readWithZxing(pixels, isPhoto)
  }

  return {
    readFrame: (video) => search(video, video.videoWidth, video.videoHeight, false),
    async readPhoto(file) {
      const bitmap = await decode(file)
      if (typeof bitmap === 'string') return { trouble: bitmap }
      try {
        return { text: await search(bitmap, bitmap.width, bitmap.height, true) }
      } finally {
        bitmap.close()
        canvas.width = 0
      }
    },
  }
}

/** Judged by its first bytes before anything is decoded, so that no file can fill the memory. */
async function decode(file: Blob): Promise<ImageBitmap | PhotoTrouble> {
  if (file.size > maxPhotoFileBytes) return 'tooLarge'
  const header = readImageHeader(new Uint8Array(await file.arrayBuffer()))
  if (!header.ok) {
    if (header.failure === 'heic') return 'heic'
    return header.failure === 'tooLargeFile' || header.failure === 'tooManyPixels' ? 'tooLarge' : 'notPhoto'
  }
  try {
    return await createImageBitmap(file)
  } catch {
    // The header was right and the rest is not: the browser says no more than that it cannot.
    return 'notPhoto'
  }
}

function drawn(canvas: HTMLCanvasElement, picture: Picture, width: number, height: number, longest: number): ImageData | null {
  const scale = Math.min(1, longest / Math.max(width, height))
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (pen === null) return null
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return pen.getImageData(0, 0, canvas.width, canvas.height)
}

type NativeDetector = (picture: Picture) => Promise<string | null>

/** The browser's own detector, when it exists and can read QR codes (on Linux and on iPads it does not). */
async function nativeDetector(): Promise<NativeDetector | null> {
  const Detector: unknown = Reflect.get(globalThis, 'BarcodeDetector')
  if (!isDetectorClass(Detector)) return null
  try {
    const formats = await Detector.getSupportedFormats()
    if (!formats.includes('qr_code')) return null
    const detector = new Detector({ formats: ['qr_code'] })
    return async (picture) => (await detector.detect(picture)).find(({ rawValue }) => rawValue !== '')?.rawValue ?? null
  } catch {
    // Present and broken (a missing system part): ours is used as if it were absent.
    return null
  }
}

/** The part of the Barcode Detection API that is used; no TypeScript library describes it. */
interface DetectorClass {
  new (options: { readonly formats: readonly string[] }): {
    readonly detect: (picture: Picture) => Promise<readonly { readonly rawValue: string }[]>
  }
  readonly getSupportedFormats: () => Promise<readonly string[]>
}

const isDetectorClass = (given: unknown): given is DetectorClass => typeof given === 'function' && 'getSupportedFormats' in given

/** The reader around this component; one of its own when none was handed in. */
export const useCodeReader = (): CodeReader => inject(codeReaderKey, makeCodeReader, true)

/**
 * The QR reader for browsers without BarcodeDetector. Loaded only when somebody scans; its wasm is a file of this app,
 * precached like the rest: left alone the library would ask a public network for it.
 */
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'

prepareZXingModule({ overrides: { locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? wasmUrl : prefix + path) } })

/** The text of the first QR code in a picture, or null. `carefully` looks longer: for a still photo. */
export async function readWithZxing(picture: ImageData, carefully: boolean): Promise<string | null> {
  const found = await readBarcodes(picture, {
    formats: ['QRCode'],
    maxNumberOfSymbols: 1,
    tryHarder: carefully,
    tryRotate: carefully,
    tryInvert: carefully,
    tryDownscale: true,
  })
  const code = found.find(({ isValid }) => isValid)
  return code === undefined ? null : textOf(code.bytes, code.text)
}

/** Cards carry plain UTF-8 without saying so; a guess at the encoding may be wrong, so the bytes are asked first. */
function textOf(bytes: Uint8Array, guessed: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Not UTF-8, so not a card of ours: the guess is good enough to say what it is.
    return guessed
  }
}

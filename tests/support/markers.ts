/**
 * Looks for a marker in everything that a store left on disk: as UTF-8, UTF-16LE and base64, in plain files, in Snappy (the
 * blocks of LevelDB and the values of IndexedDB) and in gzip. A store in which a planted marker is not found is not searched.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { inflateRawSync, inflateSync } from 'node:zlib'
import { levelDbBlocks, unsnappy } from './snappy.ts'

/** A text that nothing else contains, with letters of Vietnamese, so that its encodings differ. */
export function aMarker(kind: string): string {
  const random = Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => String.fromCharCode(97 + (byte % 26))).join('')
  return `${kind}${random}ẵ`
}

/** Every file below the folders in which one of the markers stands, with the marker and how it was written. */
export function searchFolders(folders: readonly string[], markers: readonly string[]): string[] {
  return folders.flatMap((folder) => filesBelow(folder).flatMap((file) => searchBytes(read(file), markers).map((hit) => `${file}: ${hit}`)))
}

/** The markers found in some bytes, in any of the encodings and wrappings. */
export function searchBytes(bytes: Uint8Array, markers: readonly string[]): string[] {
  const layers = [Buffer.from(bytes), ...unwrapped(bytes)]
  return markers.flatMap((marker) =>
    spellings(marker).flatMap(([spelling, needle]) => (layers.some((layer) => layer.includes(needle)) ? [`${marker} (${spelling})`] : [])),
  )
}

/** The ASCII core of a marker is what every spelling shares; the accented end makes the encodings distinguishable. */
function spellings(marker: string): [string, Buffer][] {
  const utf8 = Buffer.from(marker, 'utf8')
  const utf16 = Buffer.from(marker, 'utf16le')
  const nfd = Buffer.from(marker.normalize('NFD'), 'utf8')
  return [
    ['utf-8', utf8],
    ['utf-8, decomposed', nfd],
    ['utf-16le', utf16],
    ['upper case', Buffer.from(marker.toUpperCase(), 'utf8')],
    ['upper case, utf-16le', Buffer.from(marker.toUpperCase(), 'utf16le')],
    ['folded as for a search', Buffer.from(marker.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase(), 'utf8')],
    ['json escapes', Buffer.from(JSON.stringify(marker).slice(1, -1).replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`))],
    ...(['base64', 'base64url'] as const).flatMap((alphabet) =>
      [0, 1, 2].flatMap((shift): [string, Buffer][] => [
        [`${alphabet} +${shift}`, base64Core(utf8, shift, alphabet)],
        [`${alphabet} utf-16 +${shift}`, base64Core(utf16, shift, alphabet)],
      ]),
    ),
  ]
}

/** The base64 characters that only the marker decides, when it begins `shift` bytes after a boundary. */
function base64Core(bytes: Buffer, shift: number, alphabet: 'base64' | 'base64url'): Buffer {
  const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString(alphabet)
  const whole = Math.floor((shift + bytes.length) / 3) * 4
  return Buffer.from(text.slice(shift === 0 ? 0 : 4, whole))
}

function unwrapped(bytes: Uint8Array): Buffer[] {
  const found: Uint8Array[] = [...levelDbBlocks(bytes)]
  for (const layer of [bytes, ...found]) found.push(...insideValues(Buffer.from(layer)))
  return found.map((layer) => Buffer.from(layer))
}

/** Chromium wraps larger IndexedDB values in Snappy after the bytes ff 11 02; gzip, zlib and brotli have their own marks. */
function insideValues(bytes: Buffer): Uint8Array[] {
  const found: Uint8Array[] = []
  const each = (mark: Buffer, take: (from: Buffer) => Uint8Array | null) => {
    for (let at = bytes.indexOf(mark), tries = 0; at !== -1 && tries < 5000; at = bytes.indexOf(mark, at + 1), tries += 1) {
      const taken = take(bytes.subarray(at))
      if (taken !== null) found.push(taken)
    }
  }
  each(Buffer.from([0xff, 0x11, 0x02]), (from) => unsnappy(from.subarray(3)))
  each(Buffer.from([0x1f, 0x8b, 0x08]), (from) => quietly(() => inflateRawSync(from.subarray(10), { finishFlush: 2 })))
  each(Buffer.from([0x78, 0x9c]), (from) => quietly(() => inflateSync(from, { finishFlush: 2 })))
  const raw = quietly(() => inflateRawSync(bytes, { finishFlush: 2 }))
  return raw === null ? found : [...found, raw]
}

/** Bytes that only looked like a compressed stream are no find; that is what the errors of zlib say here. */
function quietly(inflate: () => Buffer): Buffer | null {
  try {
    return inflate()
  } catch (cause) {
    if (cause instanceof Error) return null
    throw cause
  }
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (cause) {
    // Browsers and databases remove files while one looks.
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return new Uint8Array()
    throw cause
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false)
}

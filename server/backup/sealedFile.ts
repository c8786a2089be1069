/**
 * Files of a backup: AES-256-GCM in chunks of 1 MiB, each bound to the file's name, its own number and whether it is the
 * last. A file that was cut, lengthened, reordered, renamed or changed in one bit does not open. Memory holds two chunks.
 *
 * Layout of a chunk: nonce 12, ciphertext, tag 16. The backup key is used for one backup only, with random nonces.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { canonical } from '../../core/canonical.ts'
import { BackupTrouble } from './trouble.ts'

export const chunkBytes = 1024 * 1024
const nonceBytes = 12
const tagBytes = 16
const sealedChunkBytes = nonceBytes + chunkBytes + tagBytes
const lineFeed = 10

/** What the manifest says of a file. */
export interface FileFacts {
  /** On disk, sealed. */
  readonly sizeBytes: number
  /** Of the bytes on disk, base64url. */
  readonly sha256: string
  /** Lines in the clear: one a row of a table. */
  readonly lines: number
}

type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** Seals what `content` gives into a new file, durable when the promise resolves. */
export async function writeSealed(path: string, name: string, content: Pieces, key: Uint8Array): Promise<FileFacts> {
  const file = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  let [sizeBytes, lines, at] = [0, 0, 0]
  try {
    for await (const { piece, isLast } of inPieces(content, chunkBytes)) {
      const sealed = sealChunk(piece, key, placeOf(name, at, isLast))
      hash.update(sealed)
      await file.writeFile(sealed)
      sizeBytes += sealed.length
      lines += linesIn(piece)
      at += 1
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { sizeBytes, lines, sha256: hash.digest('base64url') }
}

/** The content of a sealed file, chunk by chunk. Throws BackupTrouble at the first that is not what was written. */
export async function* readSealed(path: string, name: string, key: Uint8Array): AsyncGenerator<Buffer> {
  let at = 0
  for await (const { piece, isLast } of inPieces(createReadStream(path, { highWaterMark: chunkBytes }), sealedChunkBytes)) {
    yield openChunk(piece, key, placeOf(name, at, isLast), name)
    at += 1
  }
}

/** Reads a sealed file to its end and holds it against what is written of it. */
export async function checkSealed(path: string, name: string, key: Uint8Array, facts: FileFacts): Promise<void> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: chunkBytes })) hash.update(bytesOf(piece))
  if (hash.digest('base64url') !== facts.sha256) throw new BackupTrouble(`The file ${name} of this backup is cut or changed.`)
  let lines = 0
  for await (const piece of readSealed(path, name, key)) lines += linesIn(piece)
  if (lines !== facts.lines) throw new BackupTrouble(`The file ${name} of this backup does not hold as many rows as it should.`)
}

/** The lines of a sealed file, without their ends. */
export async function* linesOf(path: string, name: string, key: Uint8Array): AsyncGenerator<string> {
  let rest = ''
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const piece of readSealed(path, name, key)) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}

function placeOf(name: string, at: number, isLast: boolean): Buffer {
  return Buffer.from(canonical(['tiepsuc', 'backup', name, at, isLast]))
}

function sealChunk(piece: Buffer, key: Uint8Array, place: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(place)
  return Buffer.concat([nonce, cipher.update(piece), cipher.final(), cipher.getAuthTag()])
}

function openChunk(sealed: Buffer, key: Uint8Array, place: Buffer, name: string): Buffer {
  const broken = new BackupTrouble(`The file ${name} of this backup is cut or changed, or belongs to another one.`)
  if (sealed.length < nonceBytes + tagBytes) throw broken
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes))
  decipher.setAAD(place)
  decipher.setAuthTag(sealed.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()])
  } catch (cause) {
    // Node reports a wrong tag as a plain Error; nothing else can fail here.
    if (cause instanceof Error) throw broken
    throw cause
  }
}

/** The content cut into pieces of exactly `size`, the last one shorter or of the same size; one empty piece of nothing. */
async function* inPieces(content: Pieces, size: number): AsyncGenerator<{ piece: Buffer; isLast: boolean }> {
  let held: Buffer[] = []
  let heldBytes = 0
  for await (const given of content) {
    held.push(bytesOf(given))
    heldBytes += given.length
    // Strictly more: whether a full piece is the last is known only when more has come.
    while (heldBytes > size) {
      const all = Buffer.concat(held)
      yield { piece: all.subarray(0, size), isLast: false }
      held = [all.subarray(size)]
      heldBytes = all.length - size
    }
  }
  yield { piece: Buffer.concat(held), isLast: true }
}

function bytesOf(piece: unknown): Buffer {
  if (piece instanceof Uint8Array) return Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
  throw new TypeError('a stream of bytes gives bytes')
}

function linesIn(piece: Buffer): number {
  let lines = 0
  for (let at = piece.indexOf(lineFeed); at >= 0; at = piece.indexOf(lineFeed, at + 1)) lines += 1
  return lines
}

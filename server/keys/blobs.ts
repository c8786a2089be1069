/**
 * What the office keeps of citizens' words in columns: one AES-256-GCM blob a row, under the data key, bound to its row by
 * the associated text, so that a blob moved to another row does not open. Layout: version 1, nonce 12, tag 16, ciphertext.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const version = 1
const nonceBytes = 12
const tagBytes = 16

export interface Blobs {
  readonly lock: (text: string, place: string) => Buffer
  /** The text again, or null when key, place or bytes are not those of `lock`. */
  readonly unlock: (blob: Uint8Array, place: string) => string | null
}

/** Blobs under a data key of 32 bytes. */
export function makeBlobs(key: Uint8Array): Blobs {
  return {
    lock: (text, place) => {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      cipher.setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), body])
    },
    unlock: (blob, place) => {
      if (blob.length < 1 + nonceBytes + tagBytes || blob[0] !== version) return null
      const decipher = createDecipheriv('aes-256-gcm', key, blob.subarray(1, 1 + nonceBytes))
      decipher.setAAD(Buffer.from(place))
      decipher.setAuthTag(blob.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes))
      try {
        return Buffer.concat([decipher.update(blob.subarray(1 + nonceBytes + tagBytes)), decipher.final()]).toString('utf8')
      } catch (cause) {
        // Node reports a wrong tag as a plain Error; nothing else can fail here.
        if (cause instanceof Error) return null
        throw cause
      }
    },
  }
}

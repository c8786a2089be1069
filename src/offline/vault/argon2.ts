/** Asks the Argon2 worker. A worker lives for one passphrase: its 64 MiB are given back at once. */
import * as v from 'valibot'
import type { Bytes } from '../../../core/bytes.ts'
import type { Kdf, KdfParams, Random } from '../ports.ts'

const answerShape = v.object({ hash: v.custom<Bytes>((value) => value instanceof Uint8Array && value.length === 32) })

/** RFC 9106 calls 64 MiB and 3 passes its second choice, for machines with little memory. */
export const argon2MemoryKiB = 64 * 1024
export const argon2Passes = 3

/** Parameters for a new vault, with a salt of its own. */
export function newKdfParams(random: Random): KdfParams {
  return { kind: 'argon2id', memoryKiB: argon2MemoryKiB, passes: argon2Passes, salt: random.bytes(16) }
}

/** Argon2id by a worker that `start` makes anew for each passphrase. */
export function makeArgon2(start: () => Worker): Kdf {
  return (passphrase, { memoryKiB, passes, salt }) =>
    new Promise((resolve, reject) => {
      const worker = start()
      const end = (): void => worker.terminate()
      worker.addEventListener('message', (message: MessageEvent<unknown>) => {
        end()
        const answer = v.safeParse(answerShape, message.data)
        if (answer.success) resolve(answer.output.hash)
        else reject(new Error('the passphrase worker could not work'))
      })
      worker.addEventListener('error', (event) => {
        end()
        reject(new Error(`the passphrase worker failed: ${event.message}`))
      })
      worker.postMessage({ passphrase, memoryKiB, passes, salt })
    })
}

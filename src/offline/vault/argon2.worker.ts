/** Argon2id in a thread of its own, so that a page of an old tablet does not stand still while a passphrase is tried. */
import { argon2id } from 'hash-wasm'
import * as v from 'valibot'

const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array)
const questionShape = v.object({ passphrase: bytes, memoryKiB: v.number(), passes: v.number(), salt: bytes })

self.addEventListener('message', (message: MessageEvent<unknown>) => {
  const { passphrase, memoryKiB, passes, salt } = v.parse(questionShape, message.data)
  void argon2id({
    password: passphrase,
    salt,
    memorySize: memoryKiB,
    iterations: passes,
    parallelism: 1,
    hashLength: 32,
    outputType: 'binary',
  }).then(
    (hash) => self.postMessage({ hash }),
    (cause: unknown) => self.postMessage({ trouble: cause instanceof Error ? cause.message : 'unknown' }),
  )
})

/**
 * Shrinks photos one after the other, each in a worker that lives for that photo: memory holds one picture at a time, and
 * a picture that takes too long is ended with its worker. Tests hand in another shrinker.
 */
import { inject, type InjectionKey } from 'vue'
import { fail, type Result } from '../../core/result.ts'
import type { ShrinkTrouble, ShrunkPhoto } from './shrinkPhoto.ts'

export type Shrink = (file: Blob) => Promise<Result<ShrunkPhoto, ShrinkTrouble>>

/** Ten times what a 12-megapixel photo takes on a slow tablet. */
export const longestShrinkMs = 30_000

export const shrinkKey: InjectionKey<Shrink> = Symbol('shrink')

/** A shrinker over workers that `start` makes, one a photo. */
export function makeShrink(start: () => Worker): Shrink {
  let last: Promise<unknown> = Promise.resolve()
  return (file) => {
    const next = last.then(() => shrinkOne(start(), file))
    last = next
    return next
  }
}

function shrinkOne(worker: Worker, file: Blob): Promise<Result<ShrunkPhoto, ShrinkTrouble>> {
  return new Promise((resolve) => {
    const end = (answer: Result<ShrunkPhoto, ShrinkTrouble>): void => {
      clearTimeout(timer)
      worker.terminate()
      resolve(answer)
    }
    const timer = setTimeout(() => {
      end(fail('tooSlow'))
    }, longestShrinkMs)
    worker.addEventListener('message', (message: MessageEvent<Result<ShrunkPhoto, ShrinkTrouble>>) => {
      end(message.data)
    })
    worker.addEventListener('error', () => {
      end(fail('cannotDecode'))
    })
    worker.postMessage({ file })
  })
}

const withWorkers = makeShrink(() => new Worker(new URL('./photoShrink.worker.ts', import.meta.url), { type: 'module' }))

export function usePhotoShrink(): Shrink {
  return inject(shrinkKey, withWorkers)
}

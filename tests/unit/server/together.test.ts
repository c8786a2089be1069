import { expect, it } from 'vitest'
import { together } from '../../../server/packs/together.ts'

/** A run that ends when it is told to, and counts how often it began. */
function aRun() {
  const ends: { ok: () => void; broken: () => void }[] = []
  const run = together(() => new Promise<void>((ok, reject) => ends.push({ ok, broken: () => reject(new Error('broken')) })))
  return { run, ends }
}

it('many who ask while it runs share the one that comes after it', async () => {
  const { run, ends } = aRun()
  const first = run()
  const later = [run(), run(), run()]
  const begunAtOnce = ends.length
  ends[0]?.ok()
  await first
  await Promise.resolve()
  const begunThen = ends.length
  ends[1]?.ok()
  await Promise.all(later)

  expect([begunAtOnce, begunThen, ends.length]).toEqual([1, 2, 2])
})

it('one that breaks breaks for those who asked for it, and for nobody after them', async () => {
  const { run, ends } = aRun()
  const [first, second] = [run(), run()]
  ends[0]?.broken()
  const broken = await first.then(() => 'fine', (cause: unknown) => (cause as Error).message)
  await Promise.resolve()
  ends[1]?.ok()
  await second
  const third = run()
  ends[2]?.ok()
  await third

  expect([broken, ends.length]).toEqual(['broken', 3])
})

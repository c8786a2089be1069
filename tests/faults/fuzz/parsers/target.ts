/** One reader of what comes from outside, and how inputs for it are made: a good one changed in one place, or anything at all. */
import fc from 'fast-check'
import { chanceOf, type Chance } from '../../lab/chance.ts'
import { changedBytes, changedJson, changedText } from '../change.ts'
import { nastyText } from '../nasty.ts'

export interface Attempt {
  readonly how: 'changed' | 'free'
  /** Of the change. */
  readonly seed: number
  /** Whatever fast-check made. */
  readonly input: unknown
}

export interface Target {
  readonly name: string
  readonly attempts: fc.Arbitrary<Attempt>
  /** Makes the input, and gives what reads it: whatever that answers is good, and an exception never is. */
  readonly prepare: (attempt: Attempt) => Promise<() => unknown>
}

const mark = 'x'

function target<T>(name: string, changed: (chance: Chance) => T | Promise<T>, free: fc.Arbitrary<T>, read: (input: T) => unknown): Target {
  const made = new WeakMap<Attempt, T>()
  const byChange = fc.nat().map((seed): Attempt => ({ how: 'changed', seed, input: null }))
  const byFree = free.map((input): Attempt => {
    const attempt = { how: 'free' as const, seed: 0, input }
    made.set(attempt, input)
    return attempt
  })
  return {
    name,
    attempts: fc.oneof({ weight: 3, arbitrary: byChange }, { weight: 1, arbitrary: byFree }),
    async prepare(attempt) {
      const input = made.has(attempt) ? made.get(attempt) : await changed(chanceOf(attempt.seed))
      return () => read(input as T)
    },
  }
}

/** Any text: also lone surrogates, which fast-check's own strings never hold. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(fc.nat({ max: 0xffff }), { maxLength: 60 }).map((units) => String.fromCharCode(...units)),
  fc.json({ maxDepth: 6 }),
  fc.nat().map((seed) => nastyText(chanceOf(seed), mark)),
)

/** A reader of text whose good inputs are texts of their own. */
export const ofText = (name: string, good: readonly string[], read: (text: string) => unknown): Target =>
  target(name, (chance) => changedTwice(chance.pick(good), chance), anyText, read)

/** A reader of JSON text. */
export const ofJsonText = (name: string, good: readonly unknown[], read: (text: string) => unknown): Target =>
  target(name, (chance) => (chance.oneIn(4) ? changedTwice(JSON.stringify(chance.pick(good)), chance) : changedJson(chance.pick(good), chance, mark)), anyText, read)

/** A reader of a value that was JSON a moment ago. */
export const ofValue = (name: string, good: readonly unknown[], read: (value: unknown) => unknown): Target =>
  target(name, (chance) => parsed(changedJson(chance.pick(good), chance, mark)), fc.anything({ maxDepth: 4, withBigInt: true, withNullPrototype: true, withSparseArray: true }), read)

/** A reader of bytes. */
export const ofBytes = (name: string, good: readonly Uint8Array[], read: (bytes: Uint8Array<ArrayBuffer>) => unknown): Target =>
  target(name, (chance) => changedBytes(chance.pick(good), chance), fc.uint8Array({ maxLength: 2_000 }).map((bytes) => new Uint8Array(bytes)), read)

/** A reader of signed statements: what is inside was changed before it was signed, or the text afterwards. */
export const ofSigned = (name: string, good: readonly object[], sign: (claims: string) => Promise<string>, read: (statement: string) => unknown): Target =>
  target(name, async (chance) => {
    const statement = await sign(changedJson(chance.pick(good), chance, mark))
    return chance.oneIn(3) ? changedTwice(statement, chance) : statement
  }, anyText, read)

function changedTwice(text: string, chance: Chance): string {
  const once = changedText(text, chance, mark)
  return chance.oneIn(2) ? once : changedText(once, chance, mark)
}

/** What a peer's JSON would have become; a text that is none stays a text. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) return text
    throw cause
  }
}

/**
 * Chance from a seed: the same seed gives the same run on every machine. mulberry32, which is far from cryptography and
 * good enough to choose among faults.
 */
export interface Chance {
  /** From 0 up to but not including 1. */
  fraction(): number
  /** A whole number from 0 up to but not including `below`. */
  below(below: number): number
  /** True once in `times`. */
  oneIn(times: number): boolean
  pick<T>(list: readonly T[]): T
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(fraction() * limit)
  return {
    fraction,
    below,
    oneIn: (times) => below(times) === 0,
    pick(list) {
      const picked = list[below(list.length)]
      if (picked === undefined) throw new RangeError('nothing to pick from')
      return picked
    },
  }
}

/** A choice by weight: `[3, 'fine'], [1, 'lost']` gives 'fine' three times of four. */
export function weighed<T>(choices: readonly (readonly [weight: number, choice: T])[]): (chance: Chance) => T {
  const whole = choices.reduce((sum, [weight]) => sum + weight, 0)
  return (chance) => {
    let left = chance.fraction() * whole
    for (const [weight, choice] of choices) {
      left -= weight
      if (left < 0) return choice
    }
    return chance.pick(choices)[1]
  }
}

/** How often each disaster comes, and how to say it on the command line: `--office-killed 5`. */
import { disasterNames, type DisasterName, type Disasters } from './ward.ts'

const optionOf = (name: DisasterName): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

export const disasterOptions: Readonly<Record<string, { readonly type: 'string' }>> = Object.fromEntries(disasterNames.map((name) => [optionOf(name), { type: 'string' }]))

/** One disaster of a kind for so many submissions; a burned office takes as long as everything it held. */
const oneIn: Disasters = {
  officeKilled: 400,
  postgresKilled: 1_000,
  // Only when it is asked for: needs root, and a disk of its own.
  officePowerCut: Infinity,
  officeBurned: 5_000,
  databaseLost: 200,
  frozen: 100,
  carriedByFile: 200,
  otherBytes: 200,
  forgeries: 200,
}

export const noDisasters: Disasters = disastersBy(() => 0)

/** Up to fifty of a kind: more tell nothing new and cost an hour. */
const usualDisasters = (submissions: number): Disasters => disastersBy((name) => Math.min(50, Math.ceil(submissions / oneIn[name])))

/** The usual ones, but for those that the command line counts. */
export function disastersFor(submissions: number, values: Readonly<Record<string, unknown>>): Disasters {
  const asked = disastersIn(values)
  const hasCuts = (asked.officePowerCut ?? 0) > 0
  if (hasCuts && (asked.officeBurned ?? 0) > 0) throw new RangeError('an office whose power is cut lies on a disk that cannot burn: ask for one of the two')
  return { ...usualDisasters(submissions), ...(hasCuts ? { officeBurned: 0 } : {}), ...asked }
}

function disastersIn(values: Readonly<Record<string, unknown>>): Partial<Disasters> {
  return Object.fromEntries(
    disasterNames.flatMap((name) => {
      const text = values[optionOf(name)]
      if (typeof text !== 'string') return []
      if (!/^\d+$/.test(text)) throw new RangeError(`${text} is no number`)
      return [[name, Number(text)] as const]
    }),
  )
}

function disastersBy(times: (name: DisasterName) => number): Disasters {
  return {
    officeKilled: times('officeKilled'),
    postgresKilled: times('postgresKilled'),
    officePowerCut: times('officePowerCut'),
    officeBurned: times('officeBurned'),
    databaseLost: times('databaseLost'),
    frozen: times('frozen'),
    carriedByFile: times('carriedByFile'),
    otherBytes: times('otherBytes'),
    forgeries: times('forgeries'),
  }
}

/** A disk that refuses some writes: Dexie's innermost layer, below everything that the tablet's code can see. */
import type { Database } from '../../../src/offline/db.ts'
import type { Chance } from '../lab/chance.ts'

const errors = ['QuotaExceededError', 'UnknownError', 'AbortError', 'InvalidStateError'] as const
export type DiskError = (typeof errors)[number]
export const diskErrors: readonly DiskError[] = errors

/** Lets one write in `rarely` fail while `isOn`; `hit` is told of each. */
export function breaksDisk(db: Database, chance: Chance, rarely: number, isOn: () => boolean, hit: (error: DiskError) => void): void {
  db.use({
    stack: 'dbcore',
    name: 'brokenDisk',
    create: (down) => ({
      ...down,
      table(name) {
        const table = down.table(name)
        return {
          ...table,
          mutate(asked) {
            if (!isOn() || !chance.oneIn(rarely)) return table.mutate(asked)
            const error = chance.pick(errors)
            hit(error)
            return Promise.reject(new DOMException('made by the fault lab', error))
          },
        }
      },
    }),
  })
}

/**
 * Sees every change of an application's row that a tablet has committed, below everything that the tablet's code can see,
 * and writes it into the history: outcomes stored, bytes given up, applications offered again.
 */
import type { Database } from '../../../src/offline/db.ts'
import { itemRowShape, readRow, type ItemRow } from '../../../src/offline/rows.ts'
import type { ItemState, Line } from '../lab/history.ts'

type Known = Pick<ItemRow, 'state' | 'held'>

export interface Witness {
  watch(db: Database): void
  /** The database is gone: what comes next is no change of what was there. */
  forget(): void
}

export interface WitnessOptions {
  readonly tablet: string
  readonly write: (line: Line) => void
  readonly nowMs: () => number
  /** Whether a backup that was read back holds the application. */
  readonly isCovered: (id: string) => boolean
}

export function aWitness({ tablet, write, nowMs, isCovered }: WitnessOptions): Witness {
  const known = new Map<string, Known>()
  /** How many databases were lost: what a dead page still writes into one of those is written nowhere. */
  let losses = 0

  function tell({ id, state, held }: ItemRow): void {
    const before = known.get(id)
    known.set(id, { state, held })
    const at = { tablet, id, atMs: nowMs() }
    if (state !== (before?.state ?? 'queued')) write(lineOf(state, at))
    if (before?.held === true && !held) write({ what: 'purged', ...at, covered: isCovered(id) })
  }

  return {
    forget() {
      losses += 1
      known.clear()
    },
    watch(db) {
      const mine = losses
      db.use({
        stack: 'dbcore',
        name: 'witness',
        create: (down) => ({
          ...down,
          table(name) {
            const table = down.table(name)
            if (name !== 'items') return table
            return {
              ...table,
              mutate(asked) {
                if (asked.type === 'put' || asked.type === 'add') {
                  const rows = asked.values.flatMap((value) => readRow(itemRowShape, value) ?? [])
                  afterCommit(asked.trans, () => mine === losses && rows.forEach(tell))
                }
                return table.mutate(asked)
              },
            }
          },
        }),
      })
    },
  }
}

/** Dexie hands the platform's own transaction through, and says of its type only that it can be aborted. */
function afterCommit(transaction: object, run: () => void): void {
  const listen: unknown = Reflect.get(transaction, 'addEventListener')
  if (typeof listen !== 'function') throw new Error('this Dexie hides its transactions')
  Reflect.apply(listen, transaction, ['complete', run])
}

function lineOf(state: ItemState, at: { readonly tablet: string; readonly id: string; readonly atMs: number }): Line {
  return state === 'queued' ? { what: 'offeredAgain', ...at } : { what: 'settled', ...at, state }
}

/**
 * What a start found of a damaged database, and how much of it came back. Findings stand outside the database until a person
 * has said that they were read; none carries a word about a citizen. Figures that nobody can know are upper bounds.
 */
import * as v from 'valibot'
import { isDeviceId, type DeviceId } from '../../core/ids.ts'
import { publicJwkShape } from '../../core/sealing/keys.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

export const ledgerShape = v.object({
  count: v.number(),
  lastSequence: v.number(),
  device: v.optional(v.custom<DeviceId>((value) => typeof value === 'string' && isDeviceId(value))),
  drafts: v.optional(count),
  vaults: v.optional(count),
  held: v.optional(count),
})

/**
 * The office's root and the newest key set that it signed, by which old applications can still be settled; and the public
 * keys that this tablet has had, newest last, so that it can name those that it lost. Ledgers of older releases name none.
 */
export const keptKeysShape = v.object({ root: publicJwkShape, keySet: v.string(), own: v.optional(v.array(publicJwkShape), []) })
export type KeptKeys = v.InferOutput<typeof keptKeysShape>

const findingShape = v.object({
  foundAt: v.pipe(v.string(), v.isoTimestamp()),
  /** Applications that are back from their second copy. */
  restored: count,
  /** At most so many drafts are gone. */
  drafts: count,
  /** At most so many sealed applications are gone. */
  applications: count,
  /** Volunteers whose vault is gone; each takes a badge again. */
  volunteers: count,
  /** Names of second copies that are cut or foreign; they are left where they are. */
  unreadable: v.array(v.string()),
  /** The tablet's own key is gone: it must be enrolled again. */
  keyLost: v.boolean(),
  readAt: v.nullable(v.pipe(v.string(), v.isoTimestamp())),
})
export type Finding = v.InferOutput<typeof findingShape>

export const findingsShape = v.array(findingShape)

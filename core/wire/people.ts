/** Enrolment, devices and badges on the wire. Shapes only; who may do what is the office's to decide. */
import * as v from 'valibot'
import { isDeviceId, type DeviceId } from '../ids.ts'
import { mostFormerKeys } from '../sealing/enrolment.ts'
import { publicJwkShape } from '../sealing/keys.ts'

const deviceId = v.custom<DeviceId>((value) => typeof value === 'string' && isDeviceId(value))
const short = v.pipe(v.string(), v.minLength(1), v.maxLength(200))

/**
 * POST /enrolments. `ticket` is the 128-bit secret of the QR (22 characters) or the typed code (with or without dashes);
 * `former` are the keys that this tablet had before it lost them, named in the proof.
 */
export const enrolRequestShape = v.strictObject({
  ticket: short,
  key: publicJwkShape,
  former: v.optional(v.pipe(v.array(publicJwkShape), v.maxLength(mostFormerKeys)), []),
  proof: v.pipe(v.string(), v.maxLength(4096)),
})

/** waiting: an officer has yet to compare six words and confirm. */
export const deviceStateShape = v.picklist(['waiting', 'active', 'revoked'])
export type DeviceState = v.InferOutput<typeof deviceStateShape>

/** The answer to POST /enrolments and GET /devices/me. `number` is the short number in local codes, such as "03". */
export const deviceAnswerShape = v.object({
  device: deviceId,
  number: v.string(),
  state: deviceStateShape,
  root: publicJwkShape,
  keySet: v.string(),
})
export type DeviceAnswer = v.InferOutput<typeof deviceAnswerShape>

/** POST /badges: the one-time code that an officer gave to a volunteer. */
export const badgeRequestShape = v.strictObject({ code: short })
export const badgeAnswerShape = v.object({ badge: v.string() })

/** GET /time and GET /health. */
export const timeAnswerShape = v.object({ at: v.pipe(v.string(), v.isoTimestamp()) })

/**
 * A typed code as people write it: letters and digits of Crockford's base32, look-alikes folded (O to 0, I and L to 1),
 * dashes and spaces dropped. Codes are made of this alphabet only.
 */
export function foldCode(typed: string): string {
  return typed.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1').replaceAll(/[^0-9A-Z]/g, '')
}

/** Crockford's base32 alphabet: no I, L, O, U. */
export const codeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * What the office tells the volunteer about a case, inside the sealed part of a feed entry. Dates are office dates in
 * Vietnam, YYYY-MM-DD; a code is the official one that an officer typed.
 */
import * as v from 'valibot'

const isoDate = v.pipe(v.string(), v.isoDate())
const common = { at: v.pipe(v.string(), v.isoTimestamp()) }

export const replyShape = v.variant('kind', [
  v.object({ ...common, kind: v.literal('opened') }),
  v.object({ ...common, kind: v.literal('accepted'), code: v.string(), resultOn: isoDate }),
  v.object({ ...common, kind: v.literal('supplementAsked'), message: v.string(), papers: v.array(v.string()) }),
  v.object({ ...common, kind: v.literal('refused'), message: v.string() }),
])

export type Reply = v.InferOutput<typeof replyShape>

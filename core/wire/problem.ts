/**
 * Refusals on the wire: problem+json (RFC 9457) whose `type` ends in a kind of core/failures. The tablet reacts to the
 * kind, never to a sentence; `detail` holds rule names and sizes, never a citizen's value.
 */
import * as v from 'valibot'
import { failures, isFailureKind, type Failure, type FailureKind } from '../failures.ts'

export const problemContentType = 'application/problem+json'
const typePrefix = 'urn:tiepsuc:problem:'

export const problemShape = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  detail: v.optional(v.string()),
})

export type ProblemBody = v.InferOutput<typeof problemShape>

/** The problem body of a failure. */
export function problemOf({ kind, why }: Failure): ProblemBody {
  const status = failures[kind].status ?? 500
  return { type: `${typePrefix}${kind}`, title: kind, status, ...(why === undefined ? {} : { detail: why }) }
}

/** The failure kind that a body names, or null when the body is no problem of ours. */
export function kindOfProblem(body: unknown): FailureKind | null {
  const parsed = v.safeParse(problemShape, body)
  if (!parsed.success || !parsed.output.type.startsWith(typePrefix)) return null
  const kind = parsed.output.type.slice(typePrefix.length)
  return isFailureKind(kind) ? kind : null
}

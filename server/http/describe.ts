/** How a route describes itself, next to its code, so that /api/openapi.json cannot forget one. */
import type { MiddlewareHandler } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import type { GenericSchema } from 'valibot'
import { failures, type FailureKind } from '../../core/failures.ts'
import { problemContentType, problemShape } from '../../core/wire/problem.ts'

export interface Description {
  readonly tag: 'tablet' | 'desk' | 'open'
  readonly summary: string
  readonly detail?: string
  /** Media type and shape of the body; a shape is left out where the body is bytes or lines. */
  readonly takes?: { readonly type: string; readonly shape?: GenericSchema }
  readonly answers: Readonly<Record<number, { readonly what: string; readonly type?: string; readonly shape?: GenericSchema }>>
  readonly refusals?: readonly FailureKind[]
}

type Responses = NonNullable<Parameters<typeof describeRoute>[0]['responses']>

/** The description as Hono middleware. */
export function describe({ tag, summary, detail, takes, answers, refusals = [] }: Description): MiddlewareHandler {
  return describeRoute({
    tags: [tag],
    summary,
    ...(detail === undefined ? {} : { description: detail }),
    ...(takes === undefined ? {} : { requestBody: { required: true, content: content(takes.type, takes.shape) } }),
    responses: { ...answered(answers), ...refused(refusals) },
  })
}

function content(type: string, shape: GenericSchema | undefined) {
  return { [type]: shape === undefined ? {} : { schema: resolver(shape) } }
}

function answered(answers: Description['answers']): Responses {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { what, type = 'application/json', shape }]) => [
      status,
      { description: what, ...(shape === undefined && type === 'application/json' ? {} : { content: content(type, shape) }) },
    ]),
  )
}

/** One answer a status, naming every kind that comes with it. */
function refused(kinds: readonly FailureKind[]): Responses {
  const all: readonly FailureKind[] = [...kinds, 'busy', 'unavailable', 'officeDown']
  const byStatus = new Map<number, FailureKind[]>()
  for (const kind of all) {
    const { status } = failures[kind]
    if (status !== null) byStatus.set(status, [...(byStatus.get(status) ?? []), kind])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => [status, { description: [...new Set(names)].join(', '), content: content(problemContentType, problemShape) }]),
  )
}

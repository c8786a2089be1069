/** Every operation of the office's own OpenAPI document: that is what there is to fuzz, and nothing can be forgotten. */
import * as v from 'valibot'

const contentShape = v.record(v.string(), v.object({ schema: v.optional(v.record(v.string(), v.unknown())) }))
const operationShape = v.object({ tags: v.array(v.string()), requestBody: v.optional(v.object({ content: contentShape })) })
const documentShape = v.object({ paths: v.record(v.string(), v.record(v.string(), operationShape)) })

export type Schema = Readonly<Record<string, unknown>>

export interface Operation {
  /** `PUT /api/v1/parts/{name}`. */
  readonly name: string
  readonly method: string
  readonly path: string
  /** Names in braces, in order. */
  readonly params: readonly string[]
  /** Who usually asks. */
  readonly tag: string
  readonly takes: { readonly type: string; readonly schema: Schema | null } | null
}

/** The operations of a document, in its order. */
export function operationsIn(document: unknown): readonly Operation[] {
  const { paths } = v.parse(documentShape, document)
  return Object.entries(paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([verb, { tags, requestBody }]) => {
      const method = verb.toUpperCase()
      const [body] = Object.entries(requestBody?.content ?? {})
      const takes = body === undefined ? null : { type: body[0], schema: body[1].schema ?? null }
      const params = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
      return { name: `${method} ${path}`, method, path, params, tag: tags[0] ?? '', takes }
    }),
  )
}

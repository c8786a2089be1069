/** A request before it is signed and framed: what somebody means to ask, with its parts still apart. */
import type { Answer } from './wire.ts'
import type { Operation } from './operations.ts'
import type { Tablet } from './scene.ts'

export type Body = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }

export interface Draft {
  readonly operation: Operation
  readonly method: string
  /** As it will stand on the request line. */
  readonly target: string
  readonly type: string | null
  readonly body: Body | null
  /** Who signs the request, if anybody. */
  readonly tablet: Tablet | null
  readonly cookie: string | null
  /** Told what was answered, so that the scene grows. */
  readonly after?: (answer: Answer) => void | Promise<void>
}

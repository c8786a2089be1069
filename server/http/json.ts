/** JSON bodies in and out. What comes in is parsed before anything looks at it; what goes out is stored by nobody. */
import type { Context } from 'hono'
import type * as v from 'valibot'
import { textOf, type Bytes } from '../../core/bytes.ts'
import { failure, type Failure } from '../../core/failures.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { parseJson } from '../../core/sealing/signed.ts'
import { readText } from './body.ts'

const maxJsonBytes = 64 * 1024

/** A JSON body of a shape, or `malformed` or `tooLarge`. */
export async function readJson<S extends v.GenericSchema>(
  request: Request,
  shape: S,
): Promise<Result<v.InferOutput<S>, Failure<'malformed' | 'tooLarge'>>> {
  const text = await readText(request, maxJsonBytes)
  return text.ok ? parseBody(text.value, shape) : text
}

/** As `readJson`, of bytes that were read already. */
export function parseBody<S extends v.GenericSchema>(body: string | Bytes, shape: S): Result<v.InferOutput<S>, Failure<'malformed'>> {
  const parsed = parseJson(typeof body === 'string' ? body : textOf(body), shape)
  return parsed === null ? fail(failure('malformed', 'body')) : ok(parsed)
}

/** A JSON answer. */
export function json(context: Context, content: object, status: 200 | 201 | 409 | 422 = 200, type = 'application/json'): Response {
  context.header('Cache-Control', 'no-store')
  return context.body(JSON.stringify(content), status, { 'Content-Type': type })
}

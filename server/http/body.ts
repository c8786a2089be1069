/** Reading a body with a limit: counted as it streams, so that a body a hundred times too large costs no memory. */
import { concat, textOf, type Bytes } from '../../core/bytes.ts'
import { failure, type Failure } from '../../core/failures.ts'
import { fail, ok, type Result } from '../../core/result.ts'

/** The bytes of a body of at most `maxBytes`, or `tooLarge`. */
export async function readBytes(request: Request, maxBytes: number): Promise<Result<Bytes, Failure<'tooLarge' | 'malformed'>>> {
  const declared = Number(request.headers.get('content-length') ?? 0)
  if (declared > maxBytes) return fail(failure('tooLarge', `${declared} bytes`))
  if (request.body === null) return ok(new Uint8Array(0))
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader()
  const pieces: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return ok(concat(...pieces))
      size += value.length
      if (size > maxBytes) {
        await reader.cancel()
        return fail(failure('tooLarge', `over ${maxBytes} bytes`))
      }
      pieces.push(value)
    }
  } catch (cause) {
    // The sender went away or the stream broke: nobody is left to read the answer.
    return fail(failure('malformed', cause instanceof Error ? cause.name : 'stream'))
  }
}

/** The text of a body, or `malformed` when it is not UTF-8. */
export async function readText(request: Request, maxBytes: number): Promise<Result<string, Failure<'tooLarge' | 'malformed'>>> {
  const bytes = await readBytes(request, maxBytes)
  if (!bytes.ok) return bytes
  const text = textOf(bytes.value)
  return text === null ? fail(failure('malformed', 'not UTF-8')) : ok(text)
}

/** True when the request's media type is `type`, whatever its parameters. */
export function hasType(request: Request, type: string): boolean {
  return (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() === type
}

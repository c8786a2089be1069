/** A request as it goes out, and what came back. */
export type Field = readonly [name: string, value: string]

export interface Wire {
  readonly method: string
  readonly target: string
  /** Without length or encoding of the body, which the framing adds. */
  readonly headers: readonly Field[]
  readonly body: Uint8Array<ArrayBuffer> | null
  /** Instead of a rightly framed request: these very bytes. Nobody can be sure of an answer to them. */
  readonly raw?: Uint8Array<ArrayBuffer>
}

export interface Answer {
  readonly status: number
  readonly headers: readonly Field[]
  readonly body: Uint8Array<ArrayBuffer>
}

/** The answers to what was sent, in order: none when the connection was ended without one, null when nothing came in time. */
export type Answers = readonly Answer[] | null

export const headerOf = ({ headers }: Answer, name: string): string | null => headers.find(([one]) => one.toLowerCase() === name)?.[1] ?? null

/** Header values are bytes; letters beyond them go as UTF-8. */
export const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

/** A request of HTTP/1.1 with its length. */
export function framed(wire: Wire): Uint8Array<ArrayBuffer> {
  if (wire.raw !== undefined) return wire.raw
  const length: Field[] = wire.body === null ? [] : [['Content-Length', String(wire.body.length)]]
  return assembled(headOf(wire, [...wire.headers, ...length]), wire.body)
}

/** Request line and headers, with the empty line. */
export function headOf({ method, target }: Pick<Wire, 'method' | 'target'>, headers: readonly Field[], version = 'HTTP/1.1', end = '\r\n'): string {
  return `${method} ${target} ${version}${end}${headers.map(([name, value]) => `${name}: ${value}${end}`).join('')}${end}`
}

export const assembled = (head: string, ...rest: readonly (Uint8Array | null)[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat([Buffer.from(head, 'latin1'), ...rest.flatMap((piece) => (piece === null ? [] : [piece]))]))

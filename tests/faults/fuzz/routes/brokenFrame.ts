/** Requests that no client's library would write: lengths that lie, chunks that are none, lines that break the protocol. */
import type { Chance } from '../../lab/chance.ts'
import { assembled, headOf, type Field, type Wire } from './wire.ts'

type Frame = (wire: Wire, body: Uint8Array, mark: string) => Uint8Array<ArrayBuffer>

const withHeaders = (wire: Wire, more: readonly Field[]): string => headOf(wire, [...wire.headers, ...more])
const length = (wire: Wire, value: string, body: Uint8Array, ...more: readonly Field[]): Uint8Array<ArrayBuffer> =>
  assembled(withHeaders(wire, [['Content-Length', value], ...more]), body)
const encoded = (wire: Wire, value: string, ...pieces: readonly (string | Uint8Array)[]): Uint8Array<ArrayBuffer> =>
  assembled(withHeaders(wire, [['Transfer-Encoding', value]]), ...pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)))
const chunk = (body: Uint8Array, extension = ''): Uint8Array => Buffer.concat([Buffer.from(`${body.length.toString(16)}${extension}\r\n`), body, Buffer.from('\r\n')])
const end = '0\r\n\r\n'

const frames: readonly Frame[] = [
  (wire, body) => encoded(wire, 'chunked', chunk(body), end),
  (wire, body) => encoded(wire, 'chunked', ...Array.from(body.subarray(0, 200), (_, at) => chunk(body.subarray(at, at + 1))), chunk(body.subarray(200)), end),
  (wire, body, mark) => encoded(wire, 'chunked', chunk(body, `;${mark}="${mark}"`), end),
  (wire, body, mark) => encoded(wire, 'chunked', chunk(body), `0\r\nX-Trailer: ${mark}\r\nContent-Length: 3\r\n\r\n`),
  (wire, body) => encoded(wire, 'chunked', chunk(body)),
  (wire, body, mark) => encoded(wire, 'chunked', `${mark}\r\n`, body, end),
  (wire, body) => encoded(wire, 'chunked', 'ffffffffffffffffff\r\n', body, end),
  (wire, body) => encoded(wire, 'chunked', '-1\r\n', body, end),
  (wire, body) => encoded(wire, 'gzip, chunked', chunk(body), end),
  (wire, body) => encoded(wire, 'chunked, identity', chunk(body), end),
  (wire, body, mark) => encoded(wire, mark, body),
  (wire, body) => length(wire, String(body.length), Buffer.concat([chunk(body), Buffer.from(end)]), ['Transfer-Encoding', 'chunked']),
  (wire, body) => length(wire, String(body.length + 50), body),
  (wire, body) => length(wire, String(Math.floor(body.length / 2)), body),
  (wire, body, mark) => length(wire, String(body.length), Buffer.concat([body, Buffer.from(`GET /${mark} HTTP/1.1\r\nHost: localhost\r\n\r\n`)])),
  (wire, body) => length(wire, String(body.length), body, ['Content-Length', String(body.length)]),
  (wire, body) => length(wire, String(body.length), body, ['Content-Length', '0']),
  ...['-1', '+5', '0x10', '1e3', '9'.repeat(30), '', '1, 1', '1;2'].map((value): Frame => (wire, body) => length(wire, value, body)),
  (wire, body, mark) => assembled(headOf(wire, [...wire.headers, [mark, `${mark}\u0000${mark}`]]), body),
  (wire, body, mark) => assembled(headOf(wire, [...wire.headers, [`X ${mark}`, mark]]), body),
  (wire, body, mark) => assembled(headOf(wire, [...wire.headers, ['X-Folded', `${mark}\r\n ${mark}`]]), body),
  (wire, body, mark) => assembled(headOf(wire, [...wire.headers, ['X-Long', mark + 'a'.repeat(40_000)]]), body),
  (wire, body, mark) => assembled(headOf(wire, [...wire.headers, ...Array.from({ length: 3_000 }, (_, at): Field => [`x${at}`, mark])]), body),
  (wire, body) => assembled(headOf(wire, wire.headers, 'HTTP/1.1', '\n'), body),
  (wire, body) => assembled(headOf(wire, wire.headers, 'HTTP/3.7'), body),
  (wire, body) => assembled(headOf(wire, wire.headers, 'HTTP/1.0'), body),
  (wire, body, mark) => assembled(headOf(wire, wire.headers, mark), body),
  (wire) => assembled(headOf(wire, wire.headers).slice(0, -2)),
  (wire, body) => assembled(headOf(wire, wire.headers.filter(([name]) => name !== 'Host')), body),
  (wire, body, mark) => assembled(headOf(wire, [...wire.headers, ['Host', mark]]), body),
  (wire, body, mark) => assembled(headOf(wire, [...wire.headers.filter(([name]) => name !== 'Host'), ['Host', `${mark}@[::1`]]), body),
  (wire, body, mark) => assembled(headOf({ ...wire, method: mark }, wire.headers), body),
  (wire, body, mark) => assembled(headOf({ ...wire, target: `${wire.target} ${mark}` }, wire.headers), body),
  (wire, body, mark) => assembled(headOf({ ...wire, target: `http://${mark}.example${wire.target}` }, wire.headers), body),
  (wire, body, mark) => assembled(headOf({ ...wire, target: `${wire.target}#${mark}` }, wire.headers), body),
  (wire, body, mark) => assembled(headOf({ ...wire, target: `${wire.target}\\..\\${mark}` }, wire.headers), body),
  (wire, body, mark) => assembled(headOf({ ...wire, target: `/${'a'.repeat(20_000)}${mark}` }, wire.headers), body),
  (wire, body) => assembled(headOf({ ...wire, target: '*' }, wire.headers), body),
  (wire, body) => assembled(headOf({ ...wire, target: `/${wire.target}` }, wire.headers), body),
  (wire, body, mark) => assembled(headOf({ ...wire, target: `${wire.target}\u00e9\u0080${mark}` }, wire.headers), body),
  (wire, body, mark) => assembled(headOf({ method: 'CONNECT', target: `${mark}.example:443` }, wire.headers), body),
  (wire, body) => assembled(headOf({ ...wire, method: 'TRACE' }, wire.headers), body),
  (wire, body) => assembled(headOf(wire, [...wire.headers, ['Upgrade', 'websocket'], ['Connection', 'Upgrade']]), body),
  (wire, body) => length(wire, String(body.length), body, ['Expect', '100-continue']),
  (wire, body, mark) => length(wire, String(body.length), body, ['Expect', mark]),
  (_, body, mark) => assembled(`\u0016\u0003\u0001\u0002${mark}`, body),
  (_, __, mark) => assembled(`${mark}\r\n\r\n`),
]

/** The request in a frame that is not what it says, or is unusual. */
export const brokenFrame = (wire: Wire, chance: Chance, mark: string): Wire => ({ ...wire, raw: chance.pick(frames)(wire, wire.body ?? new Uint8Array(0), mark) })

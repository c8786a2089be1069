/** Sends bytes over a socket of their own and reads whatever comes back until the connection ends. */
import { connect } from 'node:net'
import type { Answer, Answers, Field } from './wire.ts'

/** For what hangs; how long it takes on a busy machine is not judged. */
const patienceMs = 120_000

/** Half-closes after sending: whoever waits for more is told that there is none. */
export async function overSocket(port: number, bytes: Uint8Array, mayEndBefore: boolean): Promise<Answers> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = []
    const socket = connect({ port, host: '127.0.0.1' })
    const done = (answers: Answers): void => {
      socket.destroy()
      resolve(answers)
    }
    socket.setTimeout(patienceMs, () => done(null))
    socket.on('data', (piece) => pieces.push(piece))
    socket.once('connect', () => (mayEndBefore ? socket.end(bytes) : socket.write(bytes)))
    // A connection that the office reset may have brought an answer before.
    socket.once('error', () => undefined)
    socket.once('close', () => resolve(answersIn(Buffer.concat(pieces))))
  })
}

/** All answers in a stream of bytes; the interim ones (100) are left out, and so is a piece that is none. */
export function answersIn(bytes: Buffer): readonly Answer[] {
  const answers: Answer[] = []
  for (let rest = bytes; rest.length > 0; ) {
    const headEnds = rest.indexOf('\r\n\r\n')
    const line = /^HTTP\/1\.[01] (\d{3})/.exec(rest.subarray(0, 20).toString('latin1'))
    if (headEnds === -1 || line === null) return answers
    const status = Number(line[1])
    const headers = fieldsOf(rest.subarray(0, headEnds).toString('latin1'))
    const [body, after] = status < 200 ? [Buffer.alloc(0), headEnds + 4] : bodyOf(rest, headEnds + 4, headers)
    if (status >= 200) answers.push({ status, headers, body: new Uint8Array(body) })
    rest = rest.subarray(after)
  }
  return answers
}

function fieldsOf(head: string): Field[] {
  return head.split('\r\n').slice(1).map((line): Field => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()])
}

/** The body and where it ends. An answer to HEAD has a length and no body: then nothing more comes either. */
function bodyOf(bytes: Buffer, from: number, headers: readonly Field[]): [Buffer, number] {
  const of = (name: string): string | undefined => headers.find(([one]) => one.toLowerCase() === name)?.[1]
  if (of('transfer-encoding') === 'chunked') return dechunked(bytes, from)
  const length = of('content-length')
  const to = length === undefined ? bytes.length : Math.min(bytes.length, from + Number(length))
  return [bytes.subarray(from, to), to]
}

function dechunked(bytes: Buffer, start: number): [Buffer, number] {
  const pieces: Buffer[] = []
  for (let from = start; ; ) {
    const lineEnds = bytes.indexOf('\r\n', from)
    const size = lineEnds === -1 ? 0 : Number.parseInt(bytes.subarray(from, lineEnds).toString('latin1'), 16)
    if (!(size > 0)) return [Buffer.concat(pieces), lineEnds === -1 ? bytes.length : Math.min(bytes.length, lineEnds + 4)]
    pieces.push(bytes.subarray(lineEnds + 2, lineEnds + 2 + size))
    from = lineEnds + 2 + size + 2
  }
}

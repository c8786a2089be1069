/** One request on its way through the fault proxy: its bytes, the office's answer, and what can be done to either. */
import { request as httpRequest, type Agent, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface Office {
  readonly host: string
  readonly port: number
  readonly agent: Agent
}

export class Exchange {
  readonly request: IncomingMessage
  readonly body: Buffer
  private readonly response: ServerResponse
  private readonly office: Office

  constructor(request: IncomingMessage, response: ServerResponse, body: Buffer, office: Office) {
    this.request = request
    this.response = response
    this.body = body
    this.office = office
  }

  /** Gives the request to the office, whole or with other bytes; null when the office cannot be had. */
  forward(body: Buffer = this.body): Promise<Answer | null> {
    return new Promise((resolve) => {
      const headers = { ...this.request.headers, 'content-length': String(body.length) }
      const { host, port, agent } = this.office
      const outgoing = httpRequest({ host, port, agent, method: this.request.method, path: this.request.url, headers }, (incoming) => {
        readAll(incoming).then(
          (read) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: read }),
          () => resolve(null),
        )
      })
      outgoing.once('error', () => resolve(null))
      outgoing.end(body)
    })
  }

  /** Begins the request at the office and breaks off in the middle of its body; done when the office has seen the end. */
  forwardCut(atByte: number): Promise<void> {
    return new Promise((resolve) => {
      const { host, port } = this.office
      const headers = { ...this.request.headers, 'content-length': String(this.body.length) }
      const outgoing = httpRequest({ host, port, method: this.request.method, path: this.request.url, headers }, (incoming) => incoming.resume())
      outgoing.once('error', () => resolve())
      outgoing.once('close', () => resolve())
      outgoing.write(this.body.subarray(0, atByte), () => outgoing.destroy())
    })
  }

  answer({ status, headers, body }: Answer): void {
    const { 'transfer-encoding': _chunked, connection: _hop, 'keep-alive': _alive, ...kept } = headers
    this.response.writeHead(status, { ...kept, 'content-length': String(body.length) })
    this.response.end(body)
  }

  /** Sends the head and some bytes of an answer, then ends the connection. */
  answerCut({ status, headers, body }: Answer, atByte: number, how: 'FIN' | 'RST'): void {
    const { 'transfer-encoding': _chunked, ...kept } = headers
    this.response.writeHead(status, { ...kept, 'content-length': String(body.length) })
    this.response.write(body.subarray(0, atByte), () => this.hangUp(how))
  }

  hangUp(how: 'FIN' | 'RST'): void {
    const { socket } = this.request
    if (how === 'RST') socket.resetAndDestroy()
    else socket.destroy()
  }

  /** True once the other side has gone away. */
  get isOver(): boolean {
    return this.request.socket.destroyed
  }
}

export async function readAll(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

/**
 * A bad line between a tablet and an office, on loopback: as slow as wanted, cut after a time or after so many bytes, or
 * silent. It knows nothing of HTTP; what passes may be watched as bytes. Everything it opened is closed by `close`.
 */
import { connect, createServer, type Socket } from 'node:net'
import { carries } from './lineRate.ts'

/** How a connection ends when the line breaks: at once with an error, or as if the other side had hung up. */
export type Break = 'reset' | 'end'

export interface LineSettings {
  /** Of both directions together; undefined is as fast as it goes. */
  readonly bytesPerSecond?: number
  /** All connections of the line are cut this often, in milliseconds. */
  readonly breaksEveryMs?: number
  /** A connection is cut when so many bytes went up. */
  readonly breaksAtByte?: number
  readonly how?: Break
  /** Takes what comes and passes nothing on. */
  readonly isBlackHole?: boolean
  /** Sees what a black hole took. */
  readonly onLost?: (bytes: Buffer) => void
  /** Sees the bytes that the tablet sent, in order, one call a piece that passed; `connection` counts from 1. */
  readonly onUp?: (connection: number, bytes: Buffer) => void
  /** The same for what came back from the office. */
  readonly onDown?: (connection: number, bytes: Buffer) => void
}

export interface Line {
  readonly port: number
  /** How often the line was cut while something was open. */
  readonly breaks: () => number
  /** Cuts every open connection now. */
  cut(): void
  /** Changes how the line behaves for what passes from now on. */
  set(settings: LineSettings): void
  close(): Promise<void>
}

/** A line to a port of this machine, which is asked for with each connection. */
export async function aLine(toPort: () => number, first: LineSettings = {}): Promise<Line> {
  let settings = first
  let connections = 0
  let breaks = 0
  const open = new Map<Socket, Socket>()
  let timer = every(settings.breaksEveryMs, cut)

  function cut(): void {
    if (open.size > 0) breaks += 1
    for (const pair of open) for (const socket of pair) hangUp(socket, settings.how ?? 'reset')
    open.clear()
  }

  const server = createServer((tablet) => {
    const connection = (connections += 1)
    const office = connect(toPort(), '127.0.0.1')
    open.set(tablet, office)
    let sentBytes = 0
    carries(tablet, office, () => settings, (bytes) => {
      settings.onUp?.(connection, bytes)
      sentBytes += bytes.length
      if (settings.breaksAtByte === undefined || sentBytes < settings.breaksAtByte) return
      breaks += 1
      for (const socket of [tablet, office]) hangUp(socket, settings.how ?? 'reset')
    })
    carries(office, tablet, () => settings, (bytes) => settings.onDown?.(connection, bytes))
    for (const socket of [tablet, office]) socket.once('close', () => open.delete(tablet))
  })
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  return {
    port,
    breaks: () => breaks,
    cut,
    set(next) {
      settings = next
      clearInterval(timer)
      timer = every(settings.breaksEveryMs, cut)
    },
    async close() {
      clearInterval(timer)
      for (const pair of open) for (const socket of pair) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function every(periodMs: number | undefined, run: () => void): NodeJS.Timeout | undefined {
  return periodMs === undefined ? undefined : setInterval(run, periodMs)
}

function hangUp(socket: Socket, how: Break): void {
  if (socket.connecting) socket.destroy()
  else if (how === 'reset') socket.resetAndDestroy()
  else socket.end()
}

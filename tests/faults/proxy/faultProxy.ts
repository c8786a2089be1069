/**
 * The road between tablets and office: an HTTP proxy on loopback that lets some requests pass and harms others, chosen by
 * chance from a seed. Told through `hit` of every fault that really happened.
 */
import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Chance } from '../lab/chance.ts'
import { Exchange, readAll, type Office } from './exchange.ts'
import type { Forger } from './forger.ts'
import { SeenAnswers, roadFaultKinds, roadFaults, type Road, type RoadFaultKind } from './roadFaults.ts'

export interface FaultProxy {
  readonly origin: string
  /** From 0, nothing is harmed, to 1, everything is. */
  rate: number
  close(): Promise<void>
}

export interface FaultProxyOptions {
  readonly office: { readonly host: string; readonly port: number }
  readonly chance: Chance
  readonly rate: number
  readonly kinds?: readonly RoadFaultKind[]
  readonly wait: (ms: number) => Promise<void>
  readonly hit: (kind: RoadFaultKind) => void
  readonly forger?: Forger
}

export async function startFaultProxy({ office, chance, rate, kinds = roadFaultKinds, wait, hit, forger }: FaultProxyOptions): Promise<FaultProxy> {
  const road: Road = { chance, wait, seen: new SeenAnswers(), forger: forger ?? null }
  const target: Office = { ...office, agent: new Agent({ keepAlive: true, maxSockets: 64 }) }
  const state = { rate }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = new Exchange(request, response, await readAll(request), target)
    if (chance.fraction() >= state.rate) {
      const answer = await exchange.forward()
      if (answer !== null) road.seen.note(exchange, answer)
      if (answer === null) exchange.hangUp('FIN')
      else exchange.answer(answer)
      return
    }
    const kind = chance.pick(kinds)
    if (await roadFaults[kind](exchange, road)) hit(kind)
  }

  const server = createServer((request, response) => {
    response.on('error', () => response.destroy())
    handle(request, response).catch(() => request.socket.destroy())
  })
  // A queue for a whole swarm that comes back at once: with the usual 511 the kernel drops callers, who call again and again.
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    get rate() {
      return state.rate
    },
    set rate(next) {
      state.rate = next
    },
    close: () =>
      new Promise((resolve) => {
        target.agent.destroy()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/**
 * The lab's own door before the office: one address for the app and its office, as in production. It passes requests on, lets
 * nothing through while the road is bad, and answers the crash points of the lab's app. Where the lab lies in wait at a point,
 * the tablet that reaches it gets no answer: there it stands until it is killed.
 */
import { Agent, createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { crashPoints, type CrashPoint } from '../../../src/offline/crashPoints.ts'

export interface LabDoor {
  readonly origin: string
  /** While false no request reaches the office; the app itself and its crash points go on. */
  isRoadGood: boolean
  /** Where the office listens. */
  leadsTo(port: number): void
  /** Resolves when a tablet stands at the point, for the `after`th time from now. One wait at a time. */
  liesInWait(point: CrashPoint, after?: number): Promise<void>
  /** Lets everybody pass again. */
  forgets(): void
  close(): Promise<void>
}

interface Ambush {
  readonly point: CrashPoint
  left: number
  readonly sprung: () => void
}

const isPoint = (name: string): name is CrashPoint => crashPoints.some((point) => point === name)

export async function openDoor(): Promise<LabDoor> {
  const agent = new Agent({ keepAlive: true })
  const state: { office: number; isRoadGood: boolean; ambush: Ambush | null } = { office: 0, isRoadGood: true, ambush: null }
  let requests = 0

  function atPoint(name: string, answer: ServerResponse): void {
    if (!isPoint(name)) throw new Error(`the lab knows no point "${name}"`)
    const { ambush } = state
    if (ambush?.point === name) {
      ambush.left -= 1
      if (ambush.left === 0) ambush.sprung()
      if (ambush.left <= 0) return
    }
    answer.writeHead(204, { 'cache-control': 'no-store' }).end()
  }

  function passOn(asked: IncomingMessage, answer: ServerResponse): void {
    requests += 1
    // As if many tablets asked: the office counts each address by itself.
    const headers = { ...asked.headers, 'x-forwarded-for': `192.0.2.${1 + (requests % 250)}` }
    const onward = ask({ host: '127.0.0.1', port: state.office, method: asked.method, path: asked.url, headers, agent }, (came) => {
      answer.writeHead(came.statusCode ?? 502, came.headers)
      came.pipe(answer)
      came.once('error', () => asked.socket.destroy())
    })
    onward.once('error', () => asked.socket.destroy())
    asked.pipe(onward)
    asked.once('error', () => onward.destroy())
  }

  const server = createServer((asked, answer) => {
    answer.once('error', () => asked.socket.destroy())
    const url = asked.url ?? '/'
    if (url.startsWith('/.lab/')) {
      atPoint(url.slice('/.lab/'.length), answer)
      return
    }
    if (!state.isRoadGood && url.startsWith('/api/')) {
      asked.socket.destroy()
      return
    }
    passOn(asked, answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the door has no port')
  return {
    origin: `http://localhost:${address.port}`,
    get isRoadGood() {
      return state.isRoadGood
    },
    set isRoadGood(is) {
      state.isRoadGood = is
    },
    leadsTo: (port) => (state.office = port),
    liesInWait: (point, after = 1) =>
      new Promise((resolve) => {
        state.ambush = { point, left: after, sprung: resolve }
      }),
    forgets: () => (state.ambush = null),
    close: () =>
      new Promise((resolve) => {
        agent.destroy()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

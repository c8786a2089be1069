/**
 * Which parts went over a line: told from the bytes that passed, as a stranger on the road would. Chromium asks one thing
 * after the other on a connection of HTTP/1.1, so an answer belongs to the last request.
 */
const requestLine = /^(\w+) (\S+) HTTP\/1\.1\r\n/
const endOfHead = Buffer.from('\r\n\r\n')

interface Conversation {
  head: Buffer
  /** Bytes of the present body that have not passed yet. */
  leftBytes: number
  part: string | null
}

export function watchParts() {
  const conversations = new Map<number, Conversation>()
  /** Name of each part whose last byte went up. */
  const finished: string[] = []
  const answered = new Set<string>()
  const sentAgain: string[] = []

  function readHead(talk: Conversation, bytes: Buffer): void {
    talk.head = Buffer.concat([talk.head, bytes])
    const end = talk.head.indexOf(endOfHead)
    if (end < 0) return
    const head = talk.head.subarray(0, end + endOfHead.length).toString('latin1')
    const rest = talk.head.subarray(end + endOfHead.length)
    const [, verb, path] = requestLine.exec(head) ?? []
    talk.part = verb === 'PUT' && path !== undefined ? (/\/parts\/([\w-]+)$/.exec(path)?.[1] ?? null) : null
    talk.leftBytes = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
    talk.head = Buffer.alloc(0)
    if (talk.part !== null && answered.has(talk.part)) sentAgain.push(talk.part)
    readBody(talk, rest)
  }

  function readBody(talk: Conversation, bytes: Buffer): void {
    const taken = Math.min(talk.leftBytes, bytes.length)
    talk.leftBytes -= taken
    if (talk.leftBytes === 0 && talk.part !== null && !finished.includes(talk.part)) finished.push(talk.part)
    if (taken < bytes.length) readHead(talk, bytes.subarray(taken))
  }

  return {
    finished,
    /** Parts of which anything was sent after the office's answer had come through. */
    sentAgain,
    onUp(connection: number, bytes: Buffer): void {
      const talk = conversations.get(connection) ?? { head: Buffer.alloc(0), leftBytes: 0, part: null }
      conversations.set(connection, talk)
      if (talk.leftBytes > 0) readBody(talk, bytes)
      else readHead(talk, bytes)
    },
    onDown(connection: number): void {
      const talk = conversations.get(connection)
      if (talk?.part !== null && talk?.part !== undefined && talk.leftBytes === 0) answered.add(talk.part)
    },
  }
}

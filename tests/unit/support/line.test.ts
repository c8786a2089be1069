import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { aLine, type Line, type LineSettings } from '../../support/line.ts'
import { watchParts } from '../../support/partsSeen.ts'

let server: Server | undefined
let line: Line | undefined
afterEach(async () => {
  await line?.close()
  await new Promise((resolve) => server?.close(resolve) ?? resolve(undefined))
})

/** A far end that says back what it hears, a line to it, and a near end. */
async function aCall(settings: LineSettings) {
  const far = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.pipe(socket)
  })
  server = far
  const port = await new Promise<number>((resolve) => {
    far.listen(0, '127.0.0.1', () => { const address = far.address(); resolve(typeof address === 'object' && address !== null ? address.port : 0) })
  })
  line = await aLine(() => port, settings)
  const near = connect(line.port, '127.0.0.1')
  const heard: Buffer[] = []
  near.on('data', (bytes: Buffer) => heard.push(bytes))
  const ended = new Promise<string>((resolve) => {
    near.once('error', ({ message }) => { resolve(message) })
    near.once('end', () => { resolve('end') })
  })
  await new Promise((resolve) => near.once('connect', resolve))
  return { line, near, ended, heard: () => Buffer.concat(heard).toString() }
}

const said = async (near: Socket, text: string) => new Promise((resolve) => near.write(text, resolve))

it('a line passes what is said, both ways and in order', async () => {
  const { near, heard } = await aCall({ bytesPerSecond: 1_000_000 })
  const words = 'một hai ba '.repeat(2000)
  await said(near, words)

  await expect.poll(heard).toBe(words)
  near.destroy()
})

it('a line that is cut breaks every connection, and says how often it was', async () => {
  const { line: cut, near, ended, heard } = await aCall({})
  await said(near, 'trước')
  await expect.poll(heard).toBe('trước')
  cut.cut()
  cut.cut()

  expect(await ended).toContain('ECONNRESET')
  expect(cut.breaks()).toBe(1)
})

it('a line that hangs up ends a connection as if the far end had', async () => {
  const { line: cut, near, ended, heard } = await aCall({ how: 'end' })
  await said(near, 'trước')
  await expect.poll(heard).toBe('trước')
  cut.cut()

  expect(await ended).toBe('end')
  near.destroy()
})

it('a line that breaks at a byte passes no more than that', async () => {
  let passedBytes = 0
  const { near, ended } = await aCall({ breaksAtByte: 8192, onUp: (_, bytes) => { passedBytes += bytes.length } })
  near.write(Buffer.alloc(20_000))

  expect(await ended).toContain('ECONNRESET')
  expect(passedBytes).toBe(8192)
})

it('a black hole takes everything and says nothing', async () => {
  const lost: string[] = []
  const { line: hole, near, heard } = await aCall({ isBlackHole: true, onLost: (bytes) => lost.push(bytes.toString()) })
  await said(near, 'mất')
  await expect.poll(() => lost).toEqual(['mất'])
  hole.set({})
  await said(near, 'đến')

  await expect.poll(heard).toBe('đến')
  near.destroy()
})

it('parts are known by what passed: finished by their last byte, and sent again only after an answer', () => {
  const seen = watchParts()
  const put = (part: string, body: string, bytes = body.length) => Buffer.from(`PUT /api/v1/parts/${part} HTTP/1.1\r\nContent-Length: ${String(bytes)}\r\n\r\n${body}`)
  seen.onUp(1, put('one', 'xx', 4))
  expect(seen.finished).toEqual([])
  seen.onUp(1, Buffer.from('xx'))
  expect(seen.finished).toEqual(['one'])
  seen.onUp(2, put('one', 'xxxx'))
  expect(seen.sentAgain).toEqual([])
  seen.onDown(2)
  seen.onUp(3, Buffer.concat([put('two', 'yy'), put('one', 'x', 4)]))

  expect(seen.finished).toEqual(['one', 'two'])
  expect(seen.sentAgain).toEqual(['one'])
})

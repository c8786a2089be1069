import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { errorFields, makeLog, type LogFields } from '../../../server/log.ts'

function aLog() {
  const lines: string[] = []
  const sink = new Writable({
    write: (line: Buffer, _encoding, done) => {
      lines.push(line.toString())
      done()
    },
  })
  return { log: makeLog('trace', sink), lines }
}

it('drops every field that is not of the closed set, also when the compiler was talked round', () => {
  const { log, lines } = aLog()
  const smuggled = { route: '/x', body: 'MARK', headers: { cookie: 'MARK' }, err: new Error('MARK'), req: { url: 'MARK' } } as LogFields
  log.info('answered', smuggled)

  expect(Object.keys(JSON.parse(lines[0] ?? '') as object)).toEqual(['level', 'time', 'route', 'msg'])
})

it('says of an error its name, code and frames, never its message', () => {
  const { log, lines } = aLog()
  log.error('broken', errorFields(Object.assign(new TypeError('value MARK is\nnot    at MARK (x)'), { code: '22P02', detail: 'MARK' })))

  expect(lines[0]).toContain('"error":"TypeError"')
  expect(lines[0]).toContain('"code":"22P02"')
  expect(lines[0]).not.toContain('value MARK')
  expect(lines[0]).not.toContain('"detail"')
})

it('cuts long texts and never writes an object', () => {
  const { log, lines } = aLog()
  log.info('answered', { kind: 'k'.repeat(500), route: { secret: 'MARK' } as unknown as string })

  expect(lines[0]).toContain(`"kind":"${'k'.repeat(200)}"`)
  expect(lines[0]).not.toContain('MARK')
})

import { describe, expect, it } from 'vitest'
import { failure, type Failure } from '../../../core/failures.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import { problemOf } from '../../../core/wire/problem.ts'
import { importFiles } from '../../../desk/importFiles.ts'

const stored = '{"line":0,"stored":"p"}\n'
const alone = `${JSON.stringify({ line: 0, problem: problemOf(failure('partNotAnnounced')) })}\n`
const file = (name: string): File => new File(['x'], name)

/** An office that answers in turn, and what it was sent. */
function anOffice(...answers: Result<string, Failure>[]) {
  const sent: string[] = []
  return { sent, send: async ({ name }: File) => (sent.push(name), answers[sent.length - 1] ?? ok(stored)) }
}

describe('several files at once', () => {
  it('are sent in their order, each with its own result', async () => {
    const { sent, send } = anOffice(ok(stored), ok(stored + stored))
    const results = await importFiles(send, [file('2.ndjson'), file('1.ndjson')])

    expect(sent).toEqual(['2.ndjson', '1.ndjson'])
    expect(results.ok && results.value.map(({ name, lines }) => `${name} ${lines.length}`)).toEqual(['2.ndjson 1', '1.ndjson 2'])
  })

  it('with a photo before its application are made whole by sending that file again, and all answers go back', async () => {
    const { sent, send } = anOffice(ok(alone), ok(stored), ok(stored))
    const results = await importFiles(send, [file('photos'), file('applications')])

    expect(sent).toEqual(['photos', 'applications', 'photos'])
    expect(results.ok && results.value[0]).toMatchObject({ lines: [{ result: 'part' }], outcomes: alone + stored })
  })

  it('stop at the first trouble of the road, so that all may be sent again', async () => {
    const { sent, send } = anOffice(ok(stored), fail(failure('offline')))

    expect(await importFiles(send, [file('a'), file('b'), file('c')])).toEqual(fail(failure('offline')))
    expect(sent).toEqual(['a', 'b'])
  })
})

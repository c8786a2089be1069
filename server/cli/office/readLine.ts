/** A line from the person: not shown while it is typed on a terminal; without one, the first line of standard input. */
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

/** The line that was given, without its end; empty when standard input ends first. */
export async function readLine(question: string): Promise<string> {
  const terminal = process.stdin.isTTY
  if (terminal) process.stderr.write(question)
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: unseen, terminal })
  return new Promise((resolve) => {
    lines.once('line', (line) => {
      resolve(line)
      lines.close()
    })
    lines.once('close', () => {
      if (terminal) process.stderr.write('\n')
      resolve('')
    })
  })
}

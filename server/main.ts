/** The office's process: settings, start, stop. One clear sentence and a non-zero end when it cannot start. */
import { parseConfig } from './config.ts'
import { startOffice } from './start/startOffice.ts'

const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

async function main(): Promise<void> {
  const config = parseConfig(process.env, process.argv.slice(2))
  if (!config.ok) {
    refuse(config.failure)
    return
  }
  const running = await startOffice(config.value, say)
  if (!running.ok) {
    refuse(running.failure)
    return
  }
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      say('Stopping.')
      running.value.stop().then(
        () => process.exit(0),
        (cause: unknown) => refuse(cause instanceof Error ? cause.message : 'The office did not stop in good order.'),
      )
    })
  }
}

function refuse(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

await main()

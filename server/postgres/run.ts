import { spawn } from 'node:child_process'
import { errorCode } from './startFailure.ts'

/** Another user of the system as whom a program is run; undefined means: as ourselves. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/** How a program ended. A program that could not be started at all has the code `null` and the system's reason in `said`. */
export interface Ended {
  readonly code: number | null
  readonly said: string
}

/**
 * Runs one program to its end and gives its exit code and words; never rejects. The environment is bare, so that a
 * `PGDATA`, `PGPORT` or language of the person who starts us changes nothing, and the folder is `/`, since another
 * user may not be able to enter ours.
 */
export function run(command: string, args: readonly string[], as: Account | undefined): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: '/',
      env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(as === undefined ? {} : { uid: as.uid, gid: as.gid }),
    })
    const words: string[] = []
    child.stdout.on('data', (chunk: Buffer) => words.push(chunk.toString('utf8')))
    child.stderr.on('data', (chunk: Buffer) => words.push(chunk.toString('utf8')))
    child.on('error', (cause) => resolve({ code: null, said: errorCode(cause) ?? cause.message }))
    // `exit` and not `close`: a postmaster that inherited a pipe must not keep us waiting.
    child.on('exit', (code) => setImmediate(() => resolve({ code: code ?? -1, said: words.join('').trim() })))
  })
}

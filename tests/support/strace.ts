/**
 * Counts how often a browser flushes its IndexedDB to disk, by watching system calls from outside. strace is Debian's; where
 * it is missing `isThere` says so and the caller counts transactions instead.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export const isThere = (): boolean => spawnSync('strace', ['-V']).status === 0

export interface FlushCount {
  /** Flushes of IndexedDB's files since the start. */
  soFar(): number
  stop(): Promise<void>
}

/** Watches a browser and all its children. Needs the right to trace them, which whoever started them has. */
export async function countFlushes(browserPid: number): Promise<FlushCount> {
  const folder = mkdtempSync(join(tmpdir(), 'flushes-'))
  const file = join(folder, 'trace')
  const pids = [browserPid, ...childrenOf(browserPid)]
  const tracer = spawn('strace', ['-f', '-y', '-e', 'trace=fdatasync,fsync', '-o', file, ...pids.flatMap((pid) => ['-p', String(pid)])], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  tracer.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  for (let tries = 0; !said.includes('attached'); tries += 1) {
    if (tracer.exitCode !== null || tries > 200) throw new Error(`strace did not attach: ${said}`)
    await wait(50)
  }
  return {
    soFar: () => readFileSync(file, 'utf8').split('\n').filter((line) => /f(data)?sync\(\d+<[^>]*\.indexeddb\.leveldb/.test(line)).length,
    stop: async () => {
      const ended = new Promise<void>((resolve) => tracer.once('exit', () => { resolve() }))
      tracer.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true })
    },
  }
}

/** Every process below one. */
export function childrenOf(parent: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // The fourth field of stat, after the name in parentheses, is the parent.
        const [, ppid] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
        return [{ pid: Number(name), ppid: Number(ppid) }]
      } catch (cause) {
        if (cause instanceof Error && 'code' in cause) return [] // it ended while we looked
        throw cause
      }
    })
  const below = (pid: number): number[] => parents.filter(({ ppid }) => ppid === pid).flatMap((child) => [child.pid, ...below(child.pid)])
  return below(parent)
}

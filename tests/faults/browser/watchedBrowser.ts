/**
 * A browser under strace from its first breath: what it wrote to its profile, and what of that it had flushed. Watched by system
 * calls, since a killed process proves nothing about the disk: the kernel keeps what was written.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '../../support/chromium.ts'

export interface WatchedBrowser {
  /** A program to start in the browser's place. */
  readonly program: string
  /** For each file the bytes that were written and not flushed when the watching ended. */
  unflushed(): ReadonlyMap<string, number>
  remove(): void
}

const calls = 'write,pwrite64,writev,pwritev,fsync,fdatasync,rename,renameat,renameat2'

export function aWatchedBrowser(): WatchedBrowser {
  const folder = mkdtempSync(join(tmpdir(), 'tiepsuc-watched-'))
  const [program, trace] = [join(folder, 'browser'), join(folder, 'trace')]
  const chromium = findChromium()
  if (chromium === undefined) throw new Error('no Chromium is installed')
  writeFileSync(program, `#!/bin/sh\nexec strace -f -y -s 0 --seccomp-bpf -e signal=none -e trace=${calls} -o '${trace}' '${chromium}' "$@"\n`)
  chmodSync(program, 0o755)
  return {
    program,
    unflushed: () => readTrace(readFileSync(trace, 'utf8')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const whole = /^\d+ +(\w+)\((.*)\) += (-?\d+)/
const begun = /^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$/
const ended = /^(\d+) +<\.\.\. (\w+) resumed>(.*)\) += (-?\d+)/

/** Reads a trace in its order; a flush covers what was written before it began. */
export function readTrace(trace: string): ReadonlyMap<string, number> {
  const unflushed = new Map<string, number>()
  const pending = new Map<string, { readonly args: string; readonly covered: number }>()
  for (const line of trace.split('\n')) {
    const one = whole.exec(line)
    if (one !== null) {
      apply(unflushed, one[1] ?? '', one[2] ?? '', Number(one[3]))
      continue
    }
    const start = begun.exec(line)
    if (start !== null) {
      const args = start[3] ?? ''
      pending.set(start[1] ?? '', { args, covered: unflushed.get(pathIn(args)) ?? 0 })
      continue
    }
    const end = ended.exec(line)
    const before = end === null ? undefined : pending.get(end[1] ?? '')
    if (end !== null && before !== undefined) {
      pending.delete(end[1] ?? '')
      apply(unflushed, end[2] ?? '', before.args + (end[3] ?? ''), Number(end[4]), before.covered)
    }
  }
  return unflushed
}

const pathIn = (args: string): string => /^\d+<([^>]+)>/.exec(args)?.[1] ?? ''

function apply(unflushed: Map<string, number>, call: string, args: string, answer: number, covered?: number): void {
  if (answer < 0) return
  if (call.startsWith('rename')) {
    const [from, to] = [...args.matchAll(/"([^"]+)"/g)].map(([, path]) => path ?? '')
    if (from === undefined || to === undefined) return
    unflushed.set(to, unflushed.get(from) ?? 0)
    unflushed.delete(from)
    return
  }
  const path = pathIn(args)
  if (!path.startsWith('/') || path.startsWith('/dev/')) return
  const before = unflushed.get(path) ?? 0
  if (call === 'fsync' || call === 'fdatasync') unflushed.set(path, before - (covered ?? before))
  else unflushed.set(path, before + answer)
}

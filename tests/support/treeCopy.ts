// A copy of the source tree in a temporary folder, to plant faults in. The real tree is never written to.
import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')

export interface TreeCopy {
  readonly root: string
  /** Writes one file below the copy's root. */
  readonly plant: (path: string, text: string) => void
  readonly remove: () => void
}

export interface Ended {
  readonly code: number
  readonly output: string
}

/** Copies the named files and folders that exist; packages are linked, not copied. */
export function copyTree(parts: readonly string[]): TreeCopy {
  const root = mkdtempSync(join(tmpdir(), 'tiepsuc-tree-'))
  for (const part of parts) {
    const from = join(ROOT, part)
    if (existsSync(from)) cpSync(from, join(root, part), { recursive: true })
  }
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  return {
    root,
    plant(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    },
    remove() {
      rmSync(root, { recursive: true, force: true })
    },
  }
}

/** Runs a Node program of an installed package, or a script, and waits for its end; never throws for an exit code. */
export function runNode(script: string, args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((done) => {
    execFile(process.execPath, [script, ...args], { cwd, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      done({ code, output: stdout + stderr })
    })
  })
}

/** The path of a program inside an installed package. */
export function toolPath(path: string): string {
  return join(ROOT, 'node_modules', path)
}

// Other programs, run to their end. Nothing here asks questions: stdin is closed.
import { spawn } from 'node:child_process'
import { basename } from 'node:path'
import { inRoot, root } from './place.mjs'

/** What a program that failed leaves: its name, code and words. */
export class ProgramFailed extends Error {
  constructor(command, code, output) {
    super(`${command} ended with ${code}`)
    this.code = code
    this.output = output
  }
}

/**
 * Runs a program; resolves to its words, or throws ProgramFailed. With `show` its words go to the terminal as they
 * come. After `limitMs` the program and its children are ended: a hanging test must not hang for ever.
 */
export function run(command, args, { env = {}, show = false, limitMs, name = [command, ...args].join(' ') } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
      detached: limitMs !== undefined,
    })
    const words = []
    child.stdout?.on('data', (chunk) => words.push(chunk))
    child.stderr?.on('data', (chunk) => words.push(chunk))
    let late = false
    const timer = limitMs === undefined ? undefined : setTimeout(() => (late = endGroup(child.pid)), limitMs)
    const letGo = limitMs === undefined ? () => undefined : passSignals(child)
    const finish = (code) => {
      clearTimeout(timer)
      letGo()
      const output = Buffer.concat(words).toString('utf8')
      if (code === 0) resolve(output)
      else reject(new ProgramFailed(name, late ? `its time limit of ${limitMs / 60_000} minutes` : code, output))
    }
    child.on('error', (cause) => finish(cause.message))
    child.on('close', (code, signal) => finish(code ?? signal))
  })
}

/** A program of node_modules, run by this very Node. */
export function runTool(file, args, options) {
  const name = [basename(file).replace(/\.m?js$/, ''), ...args].join(' ')
  return run(process.execPath, [inRoot('node_modules', ...file.split('/')), ...args], { name, ...options })
}

/** npm, the very one that called us where one did. */
export function runNpm(args, options) {
  const called = process.env.npm_execpath
  const byNode = called !== undefined && /\.c?js$/.test(called)
  return byNode ? run(process.execPath, [called, ...args], options) : run('npm', args, options)
}

function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (cause) {
    if (cause.code !== 'ESRCH') throw cause
  }
  return true
}

/** A child in a group of its own does not hear Ctrl-C; it is told, once, and we end as it ends. */
function passSignals(child) {
  const pass = (signal) => process.kill(-child.pid, signal)
  const once = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of once) process.once(signal, pass)
  return () => once.forEach((signal) => process.removeListener(signal, pass))
}

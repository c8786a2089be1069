/**
 * Builds each seeded bug into lab and office, runs the part of the lab that must notice, and says whether its judge did: a
 * tool that crashed or never ended has caught nothing. One at a time: two bugs at once could hide each other.
 */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { bugsOf, parts, type Part } from './bugs.ts'
import type { SeededBug } from './seededBug.ts'

export interface Hunted {
  readonly bug: SeededBug
  readonly isCaught: boolean
  /** The breaches that the judge named, or what the run said last. */
  readonly said: string
}

const runs: Readonly<Record<Part, readonly string[]>> = {
  simulation: ['--simulate', '3000'],
  swarm: [
    ...['--submissions', '600', '--tablets', '16', '--per-tablet', '40', '--rate', '0.5', '--office-killed', '0', '--postgres-killed', '0'],
    ...['--office-burned', '0', '--database-lost', '2', '--frozen', '2', '--carried-by-file', '6', '--other-bytes', '10', '--forgeries', '3'],
  ],
  browser: ['--browser'],
}
const patienceMs = 8 * 60_000

/** Hunts those that `which` says: all, those of one part of the lab, or one by its name. */
export function huntBugs(which: string, tell: (hunted: Hunted) => void): readonly Hunted[] {
  const chosen = parts.flatMap((part) => bugsOf[part].flatMap((bug) => (['all', part, bug.name].includes(which) ? [{ part, bug }] : [])))
  if (chosen.length === 0) throw new RangeError(`there is no seeded bug "${which}"`)
  return chosen.map(({ part, bug }) => {
    const out = `dist/faults-bug-${process.pid}`
    const hunted = hunt(part, bug, out)
    rmSync(out, { recursive: true, force: true })
    tell(hunted)
    return hunted
  })
}

function hunt(part: Part, bug: SeededBug, out: string): Hunted {
  const [web, main] = [`${out}-web`, `${out}/main.js`]
  build(bug, 'tests/faults/vite.config.ts', { FAULTS_OUT: out })
  if (part === 'browser') build(bug, 'tests/faults/browser/vite.config.ts', { LAB_WEB: web })
  const env = { ...process.env, LAB_WEB: web, OFFICE_MAIN: main, OFFICE_CLI: `${out}/office.js` }
  const ran = spawnSync(process.execPath, [`${out}/cli.js`, ...runs[part], ...(bug.besides ?? [])], { env, encoding: 'utf8', timeout: patienceMs })
  rmSync(web, { recursive: true, force: true })
  const closing = readClosing(ran.stdout)
  if (closing === null) return { bug, isCaught: false, said: `the run did not come to its end: ${`${ran.stdout}${ran.stderr}`.trim().slice(-400)}` }
  return { bug, isCaught: closing.breaches.length > 0, said: closing.breaches.length > 0 ? closing.breaches.join(', ') : closing.line }
}

function build({ name }: SeededBug, config: string, into: Readonly<Record<string, string>>): void {
  const env = { ...process.env, NODE_ENV: 'production', SEEDED_BUG: name, ...into }
  const built = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--config', config], { env, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`"${name}" was not built: ${built.stderr}`)
}

/** The closing line of a run and the breaches that its judge counted; null when there is none. */
export function readClosing(text: string): { readonly line: string; readonly breaches: readonly string[] } | null {
  const line = text.split('\n').find((one) => /^(simulation|swarm|browser): \d+ submissions, /.test(one))
  if (line === undefined) return null
  const counts = [...line.matchAll(/(?<=, )([1-9]\d*) ([a-z]+)(?=[,; ])/g)].filter(([, , what]) => what !== 'faults')
  return { line, breaches: counts.map(([, count, what]) => `${count} ${what}`) }
}

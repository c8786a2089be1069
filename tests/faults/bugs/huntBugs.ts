/**
 * Builds each seeded bug into lab and office, runs the part of the lab that must notice, and says whether it did. One at a
 * time: two bugs at once could hide each other.
 */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { seededBugs, type SeededBug } from './bugs.ts'

export interface Hunted {
  readonly bug: SeededBug
  readonly isCaught: boolean
  /** The last line of the run. */
  readonly said: string
}

const runs = {
  simulation: ['--simulate', '3000'],
  swarm: ['--submissions', '250', '--tablets', '8', '--office-killed', '0', '--rate', '0.4'],
} as const

/** Hunts every bug, or those that one part of the lab must notice. */
export function huntBugs(by: SeededBug['by'] | null, tell: (hunted: Hunted) => void): readonly Hunted[] {
  return seededBugs
    .filter((bug) => by === null || bug.by === by)
    .map((bug, at) => {
      const out = `dist/faults-bug-${at}`
      const hunted = hunt(bug, out)
      rmSync(out, { recursive: true, force: true })
      tell(hunted)
      return hunted
    })
}

function hunt(bug: SeededBug, out: string): Hunted {
  const building = { ...process.env, NODE_ENV: 'production', SEEDED_BUG: bug.name, FAULTS_OUT: out }
  const built = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--config', 'tests/faults/vite.config.ts'], { env: building, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`"${bug.name}" was not built: ${built.stderr}`)
  const env = { ...process.env, OFFICE_MAIN: `${out}/main.js`, OFFICE_CLI: `${out}/office.js` }
  const ran = spawnSync(process.execPath, [`${out}/cli.js`, ...runs[bug.by]], { env, encoding: 'utf8', timeout: 10 * 60_000 })
  const said = `${ran.stdout}${ran.stderr}`.trim().split('\n').at(-1) ?? ''
  return { bug, isCaught: ran.status !== 0, said }
}

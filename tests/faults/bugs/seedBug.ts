/** Builds the product with one of the seeded bugs in it. Whatever does not stand exactly once ends the build. */
import { resolve } from 'node:path'
import type { Plugin } from 'vite'
import { seededBugs } from './bugs.ts'

/** The plug-in for the bug that is named, or none. */
export function seedBug(root: string, name: string | undefined): Plugin[] {
  if (name === undefined) return []
  const bug = seededBugs.find((one) => one.name === name)
  if (bug === undefined) throw new Error(`there is no seeded bug "${name}"`)
  const file = resolve(root, bug.file)
  return [
    {
      name: 'tiepsuc:seed-bug',
      enforce: 'pre',
      transform(code, id) {
        if (id !== file) return null
        if (code.split(bug.from).length !== 2) throw new Error(`"${bug.name}": its place in ${bug.file} has changed`)
        return code.replace(bug.from, () => bug.to)
      },
    },
  ]
}

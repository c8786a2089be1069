import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { seededBugs } from './bugs.ts'
import { huntBugs, readClosing } from './huntBugs.ts'

test.each(seededBugs)('“$name” still has its place in the product', ({ file, from, to }) => {
  expect(readFileSync(file, 'utf8').split(from)).toHaveLength(2)
  expect(to).not.toBe(from)
})

test.each(['received counts as complete', 'a second request is sent while one is in the air'])('“%s”, built into the product, is caught by the judge', (name) => {
  expect(huntBugs(name, () => undefined)).toMatchObject([{ bug: { name }, isCaught: true }])
})

test('every bug has a name of its own, and there are twenty-five or more', () => {
  expect(new Set(seededBugs.map(({ name }) => name)).size).toBe(seededBugs.length)
  expect(seededBugs.length).toBeGreaterThanOrEqual(25)
})

test('a bug counts as caught by what the judge found, and by nothing else', () => {
  const line = 'swarm: 200 submissions, 90 faults of 40 kinds, 0 lost, 12 contradicted, 1 stuck (60 s)'
  expect(readClosing(`what was said before\n${line}\n`)).toEqual({ line, breaches: ['12 contradicted', '1 stuck'] })
  expect(readClosing('swarm: 200 submissions, 90 faults of 40 kinds, 0 lost, 0 stuck (60 s)\n')?.breaches).toEqual([])
  expect(readClosing('Error: something broke\n12 contradicted\n')).toBeNull()
})

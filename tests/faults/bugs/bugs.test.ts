import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { seededBugs } from './bugs.ts'

test.each(seededBugs)('“$name” still has its place in the product', ({ file, from, to }) => {
  expect(readFileSync(file, 'utf8').split(from)).toHaveLength(2)
  expect(to).not.toBe(from)
})

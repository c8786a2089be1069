import { expect, test } from 'vitest'
import { readTrace } from './watchedBrowser.ts'

const written = (...lines: readonly string[]): Record<string, number> => Object.fromEntries(readTrace(lines.join('\n')))

test('what was written after the last flush of a file is unflushed', () => {
  expect(written('7 write(3</p/a.log>, ""..., 100) = 100', '7 fdatasync(3</p/a.log>)          = 0', '7 write(3</p/a.log>, ""..., 40) = 40')).toEqual({ '/p/a.log': 40 })
})

test('a flush covers what was written before it began, and nothing until it has ended', () => {
  const begun = ['7 write(3</p/a.log>, ""..., 100) = 100', '7 fdatasync(3</p/a.log> <unfinished ...>', '8 write(3</p/a.log>, ""..., 40) = 40']

  expect(written(...begun)).toEqual({ '/p/a.log': 140 })
  expect(written(...begun, '7 <... fdatasync resumed>)          = 0')).toEqual({ '/p/a.log': 40 })
})

test('a write that was interrupted counts when it has ended, and one that failed never', () => {
  expect(written('7 pwrite64(3</p/a>, ""..., 100, 0 <unfinished ...>', '7 <... pwrite64 resumed>) = 100', '7 write(3</p/b>, ""..., 9) = -1 ENOSPC')).toEqual({ '/p/a': 100 })
})

test('a renamed file takes along what it has not flushed', () => {
  expect(written('7 write(3</p/a.tmp>, ""..., 16) = 16', '7 rename("/p/a.tmp", "/p/CURRENT") = 0')).toEqual({ '/p/CURRENT': 16 })
})

// Tests without an office share loaded modules, which a mocked module would change for whoever comes after.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('every test that replaces a module has modules of its own', () => {
  const config = readFileSync('vitest.config.ts', 'utf8')
  const files = readdirSync('tests/unit', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts')).map((name) => `tests/unit/${name}`)
  const replacing = files.filter((file) => /\bvi\.(mock|doMock)\(/.test(readFileSync(file, 'utf8')))

  expect(replacing.length).toBeGreaterThan(0)
  expect(replacing.filter((file) => !config.includes(`'${file}'`))).toEqual([])
})

import { array, nullable, object, parse, string } from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyTree, runNode, toolPath, type TreeCopy } from '../support/treeCopy.ts'

const CONFIGS = ['eslint.config.js', 'package.json', 'tsconfig.base.json', 'tsconfig.app.json', 'tsconfig.worker.json', 'tsconfig.server.json', 'tsconfig.tests.json', 'src/env.d.ts']
const Report = array(object({ filePath: string(), messages: array(object({ ruleId: nullable(string()) })) }))

const LONG_FUNCTION = `export function long(): number {\n  let sum = 0\n${'  sum += 1\n'.repeat(50)}  return sum\n}\n`
const LONG_FILE = 'export const one = 1\n'.concat('// line\n'.repeat(300))

interface Planted {
  readonly fault: string
  readonly file: string
  readonly text: string
  readonly rule: string
}

const PLANTED: readonly Planted[] = [
  { fault: 'any', file: 'core/a.ts', text: 'export const a = (b: any): string => String(b)\n', rule: '@typescript-eslint/no-explicit-any' },
  { fault: 'a non-null mark', file: 'core/b.ts', text: 'export const b = (c: string | null): string => c!\n', rule: '@typescript-eslint/no-non-null-assertion' },
  { fault: 'a type assertion', file: 'core/c.ts', text: 'export const c = (d: unknown): string => d as string\n', rule: '@typescript-eslint/consistent-type-assertions' },
  { fault: 'a default export', file: 'server/d.ts', text: 'export default 1\n', rule: 'no-restricted-syntax' },
  { fault: 'an empty catch', file: 'core/e.ts', text: 'export function e(f: () => void): void {\n  try {\n    f()\n  } catch {}\n}\n', rule: 'no-empty' },
  { fault: 'a catch with nothing but a comment', file: 'core/w.ts', text: 'export function w(f: () => void): void {\n  try {\n    f()\n  } catch {\n    // quiet\n  }\n}\n', rule: 'no-restricted-syntax' },
  { fault: 'a promise nobody waits for', file: 'server/f.ts', text: 'export function f(g: () => Promise<void>): void {\n  g()\n}\n', rule: '@typescript-eslint/no-floating-promises' },
  {
    fault: 'a switch that forgets a case',
    file: 'core/g.ts',
    text: "export function g(h: 'x' | 'y'): number {\n  switch (h) {\n    case 'x':\n      return 1\n    default:\n      return 2\n  }\n}\n",
    rule: '@typescript-eslint/switch-exhaustiveness-check',
  },
  { fault: 'a function of more than 50 lines', file: 'core/h.ts', text: LONG_FUNCTION, rule: 'max-lines-per-function' },
  { fault: 'a file of more than 300 lines', file: 'core/i.ts', text: LONG_FILE, rule: 'max-lines' },
  { fault: 'the clock in core', file: 'core/j.ts', text: 'export const j = (): number => Date.now()\n', rule: 'no-restricted-syntax' },
  { fault: 'today in a store', file: 'src/stores/k.ts', text: 'export const k = (): Date => new Date()\n', rule: 'no-restricted-syntax' },
  { fault: 'chance in the outbox', file: 'src/offline/outbox/l.ts', text: 'export const l = (): number => Math.random()\n', rule: 'no-restricted-syntax' },
  { fault: 'fetch in a store', file: 'src/stores/m.ts', text: "export const m = (): Promise<Response> => fetch('/api')\n", rule: 'no-restricted-globals' },
  { fault: 'fetch by way of globalThis', file: 'src/stores/n.ts', text: "export const n = (): Promise<Response> => globalThis.fetch('/api')\n", rule: 'no-restricted-syntax' },
  { fault: 'navigator in a page', file: 'src/pages/O.vue', text: '<script setup lang="ts">\nconst o = navigator.onLine\n</script>\n<template>\n  <p>{{ o }}</p>\n</template>\n', rule: 'no-restricted-globals' },
  { fault: 'console in the office', file: 'server/p.ts', text: "console.log('a body')\n", rule: 'no-console' },
  { fault: 'raw HTML in a page', file: 'src/pages/Q.vue', text: '<script setup lang="ts">\ndefineProps<{ q: string }>()\n</script>\n<template>\n  <p v-html="q" />\n</template>\n', rule: 'vue/no-v-html' },
  { fault: 'an untranslated sentence', file: 'src/pages/R.vue', text: '<template>\n  <p>Hello there</p>\n</template>\n', rule: 'vue/no-bare-strings-in-template' },
  { fault: 'a picture without words', file: 'src/pages/S.vue', text: '<template>\n  <img src="/x.png">\n</template>\n', rule: 'vuejs-accessibility/alt-text' },
  { fault: 'a skipped test', file: 'tests/t.test.ts', text: "import { it } from 'vitest'\n\nit.skip('later', () => undefined)\n", rule: 'no-restricted-syntax' },
  { fault: 'a value import of a type', file: 'core/u.ts', text: "import { V } from './v.ts'\nexport const u = (v: V): V => v\n", rule: '@typescript-eslint/consistent-type-imports' },
]

describe('the linter sees', () => {
  let copy: TreeCopy
  const seen = new Map<string, (string | null)[]>()

  beforeAll(async () => {
    copy = copyTree(CONFIGS)
    for (const { file, text } of PLANTED) copy.plant(file, text)
    copy.plant('core/v.ts', 'export interface V {\n  readonly v: 1\n}\n')
    const { output } = await runNode(toolPath('eslint/bin/eslint.js'), ['.', '--format', 'json'], copy.root)
    for (const one of parse(Report, JSON.parse(output))) {
      const file = one.filePath.slice(one.filePath.indexOf(copy.root) + copy.root.length + 1)
      seen.set(file, one.messages.map(({ ruleId }) => ruleId))
    }
  })

  afterAll(() => {
    copy.remove()
  })

  it.each(PLANTED)('$fault', ({ file, rule }) => {
    expect(seen.get(file)).toContain(rule)
  })
})

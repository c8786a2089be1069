import { createRequire } from 'node:module'
import { join } from 'node:path'
import { array, object, parse, string } from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyTree, ROOT, runNode, toolPath, type TreeCopy } from '../support/treeCopy.ts'
import { PLANTED_IMPORTS, PLANTED_LEAVES } from './plantedImports.ts'

const ROOTS = ['core', 'src', 'desk', 'server']
const Report = object({ summary: object({ violations: array(object({ from: string(), to: string(), rule: object({ name: string() }) })) }) })
const Rules = object({ forbidden: array(object({ name: string() })) })

interface Violation {
  readonly rule: string
  readonly from: string
  readonly to: string
}

async function violations(root: string): Promise<Violation[]> {
  const { output } = await runNode(toolPath('dependency-cruiser/bin/dependency-cruise.mjs'), ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...ROOTS], root)
  const report = parse(Report, JSON.parse(output.slice(output.indexOf('{'))))
  return report.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }))
}

describe('the import rule', () => {
  let copy: TreeCopy
  let found: Violation[]

  beforeAll(async () => {
    copy = copyTree([...ROOTS, '.dependency-cruiser.cjs', 'tsconfig.base.json', 'package.json'])
    for (const [path, text] of Object.entries(PLANTED_LEAVES)) copy.plant(path, text)
    for (const { files } of PLANTED_IMPORTS) for (const [path, text] of Object.entries(files)) copy.plant(path, text)
    found = await violations(copy.root)
  })

  afterAll(() => {
    copy.remove()
  })

  it('holds in the whole tree', async () => {
    expect(await violations(ROOT)).toEqual([])
  })

  it.each(PLANTED_IMPORTS)('$rule bites', ({ rule, from }) => {
    expect(found.filter((one) => one.from === from).map((one) => one.rule)).toContain(rule)
  })

  it('has a planted violation for every named rule', () => {
    const rules = parse(Rules, createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')))

    expect(PLANTED_IMPORTS.map(({ rule }) => rule).sort()).toEqual([...rules.forbidden.map(({ name }) => name), 'not-in-allowed'].sort())
  })
})

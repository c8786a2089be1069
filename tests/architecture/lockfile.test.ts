import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { object, optional, parse, record, string, unknown } from 'valibot'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../support/treeCopy.ts'

const EXACT = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/
const Versions = optional(record(string(), string()), {})
const Package = object({ dependencies: Versions, devDependencies: Versions, optionalDependencies: Versions })
const Lock = object({ packages: record(string(), object({ version: optional(string()), resolved: optional(unknown()) })) })

const manifest = parse(Package, JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')))
const lock = parse(Lock, JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')))
const asked = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }

describe('the packages we lean on', () => {
  it('are named by exact versions', () => {
    expect(Object.entries(asked).filter(([, version]) => !EXACT.test(version))).toEqual([])
  })

  it('are locked at the versions that package.json names', () => {
    const differing = Object.entries(asked).filter(([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version)

    expect(differing).toEqual([])
  })

  it('are locked without the address they came from', () => {
    expect(Object.entries(lock.packages).filter(([, one]) => one.resolved !== undefined).map(([name]) => name)).toEqual([])
  })
})

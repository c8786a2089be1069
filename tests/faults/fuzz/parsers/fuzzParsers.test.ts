import { afterEach, describe, expect, it } from 'vitest'
import { parseEnvelope } from '../../../../core/wire/envelope.ts'
import { fuzzParsers, pollution } from './fuzzParsers.ts'
import { makeGoldens } from './goldens.ts'
import { ofJsonText, ofText } from './target.ts'
import { targetsOf } from './targets.ts'

describe('parsers', () => {
  it('answer three thousand inputs that are nearly good, or anything at all, with a value', async () => {
    const run = await fuzzParsers(targetsOf(await makeGoldens()), 3_000, 1)

    expect(run.findings).toEqual([])
    expect([...run.inputs.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(3_000)
  })
})

describe('the lab', () => {
  afterEach(() => void pollution())

  it('notices a parser that throws', async () => {
    const careless = ofJsonText('careless', [{ a: { b: 1 } }], (text) => (JSON.parse(text) as { a: { b: number } }).a.b)

    expect(await fuzzParsers([careless], 200, 1)).toMatchObject({ findings: [{ target: 'careless' }] })
  })

  it('notices a parser that writes on the prototype of all objects', async () => {
    const merging = ofText('merging', ['{}'], () => Object.assign(Object.prototype, { fuzzed: 1 }))

    expect(await fuzzParsers([merging], 10, 1)).toMatchObject({ findings: [{ trouble: expect.stringContaining('prototype pollution: fuzzed') as unknown }] })
  })

  it('says which parsers it tried, and how often', async () => {
    const run = await fuzzParsers([ofText('envelope', ['{}'], parseEnvelope)], 50, 1)

    expect([...run.inputs]).toEqual([['envelope', 50]])
  })
})

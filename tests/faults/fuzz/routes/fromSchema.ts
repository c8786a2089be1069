/** A value that a JSON schema of the document allows: only what such schemas of this office say, and anything where they say nothing. */
import * as v from 'valibot'
import type { Chance } from '../../lab/chance.ts'
import { nasty } from '../nasty.ts'
import type { Schema } from './operations.ts'

const schemaShape = v.object({
  type: v.optional(v.string()),
  const: v.optional(v.unknown()),
  properties: v.optional(v.record(v.string(), v.record(v.string(), v.unknown()))),
  items: v.optional(v.record(v.string(), v.unknown())),
  maxItems: v.optional(v.number(), 3),
  minLength: v.optional(v.number(), 0),
  maxLength: v.optional(v.number(), 100),
  format: v.optional(v.string()),
})

/** `mark` stands in every text that has room for it. */
export function fromSchema(schema: Schema, chance: Chance, mark: string): unknown {
  const read = v.parse(schemaShape, schema)
  if (read.const !== undefined) return read.const
  switch (read.type) {
    case 'object':
      return Object.fromEntries(Object.entries(read.properties ?? {}).map(([name, member]) => [name, fromSchema(member, chance, mark)]))
    case 'array':
      return Array.from({ length: chance.below(Math.min(3, read.maxItems) + 1) }, () => fromSchema(read.items ?? {}, chance, mark))
    case 'boolean':
      return chance.oneIn(2)
    case 'number':
    case 'integer':
      return chance.below(1_000)
    case 'string':
      return read.format === 'date' ? '2099-11-24' : textOf(read, mark)
    case undefined:
    default:
      return nasty(chance, mark)
  }
}

const textOf = ({ minLength, maxLength }: { minLength: number; maxLength: number }, mark: string): string =>
  `${mark} ẵ ${'x'.repeat(Math.max(0, minLength - mark.length))}`.slice(0, maxLength)

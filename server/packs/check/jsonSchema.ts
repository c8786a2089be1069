/** The shape of pack.json as JSON Schema, made from the shape that the office itself parses with. */
import { toJsonSchema } from '@valibot/to-json-schema'
import { packSchema } from '../../../core/procedure/packShape.ts'
import { useShape } from '../expand.ts'

type Schema = ReturnType<typeof toJsonSchema>

const title = 'A procedure pack of Tiếp Sức (procedures/<code>/<version>/pack.json); docs/procedures.md teaches how to write one'

/** The published text, with a line feed at its end. Fields, sections and documents may be blocks, as in the repository. */
export function jsonSchemaOfPacks(): string {
  const schema = toJsonSchema(packSchema, { errorMode: 'ignore' })
  const use = toJsonSchema(useShape, { errorMode: 'ignore' })
  const { $schema: _dialect, ...block } = use
  const { properties = {}, ...rest } = schema
  const withBlocks = {
    ...properties,
    sections: orBlock(withFieldBlocks(properties['sections'], block), block),
    documents: orBlock(properties['documents'], block),
  }
  return `${JSON.stringify({ ...rest, title, properties: withBlocks }, null, 2)}\n`
}

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A list whose entries may also be blocks. */
function orBlock(list: unknown, block: object): unknown {
  return isSchema(list) && isSchema(list.items) ? { ...list, items: { anyOf: [list.items, block] } } : list
}

function withFieldBlocks(sections: unknown, block: object): unknown {
  if (!isSchema(sections) || !isSchema(sections.items)) return sections
  const { properties = {} } = sections.items
  return { ...sections, items: { ...sections.items, properties: { ...properties, fields: orBlock(properties['fields'], block) } } }
}

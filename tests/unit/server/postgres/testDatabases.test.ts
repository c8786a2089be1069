import pg from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase, type Template } from '../../../support/postgres.ts'

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

test('two tests that ask at once get databases of their own from a template that is prepared once', async () => {
  let prepared = 0
  const template: Template = {
    name: 'two_at_once',
    prepare: async (url) => {
      prepared++
      await ask(url, "create table word as select 'from the template' as said")
    },
  }

  const [one, other] = await Promise.all([createTestDatabase(template), createTestDatabase(template)])
  await ask(one.url, "update word set said = 'changed'")

  expect(prepared).toBe(1)
  expect(await ask(other.url, 'select said from word')).toEqual([{ said: 'from the template' }])
  await one.drop()
  await expect(ask(one.url, 'select 1')).rejects.toThrow('does not exist')
  await other.drop()
})

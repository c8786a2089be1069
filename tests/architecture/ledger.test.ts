// Invariant 6: the office changes the state of a case only by appending an event, and only one file may do that. Read from
// the sources, since a test of behaviour cannot see the door that somebody adds tomorrow.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const sources = readdirSync(join(root, 'server'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))

const forbidden: Readonly<Record<string, RegExp>> = {
  'adds events': /insertInto\('events'\)|insert into events/i,
  'rewrites events': /updateTable\('events|deleteFrom\('events|(update|delete from) events/i,
  'writes a status': /updateTable\('cases'\)(?:(?!\.execute)[\s\S])*?\.set\(\{[^}]*\bstatus/,
  'rebinds or removes an envelope': /updateTable\('envelopes|deleteFrom\('envelopes|(update|delete from) envelopes/i,
  'rewrites an outcome': /updateTable\('outcomes|deleteFrom\('outcomes|(update|delete from) outcomes/i,
}

const doing = (what: string, texts: readonly (readonly [string, string])[]): string[] =>
  texts.filter(([, text]) => forbidden[what]?.test(text)).map(([name]) => name)
const texts = sources.map((name) => [name, readFileSync(join(root, 'server', name), 'utf8')] as const)

it.each([
  ['adds events', ['ledger/append.ts']],
  ['rewrites events', []],
  ['writes a status', ['ledger/append.ts']],
  ['rebinds or removes an envelope', []],
  ['rewrites an outcome', ['intake/partsLost.ts']],
] as const)('what %s is only %j', (what, files) => {
  expect(doing(what, texts)).toEqual(files)
})

it('sees each of them where it is planted', () => {
  const planted: Readonly<Record<string, string>> = {
    'adds events': "await tx.insertInto('events').values(row).execute()",
    'rewrites events': "await tx.updateTable('events').set({ kind }).execute()",
    'writes a status': "await tx.updateTable('cases').set({ status: 'accepted' }).where('id', '=', id).execute()",
    'rebinds or removes an envelope': "await tx.deleteFrom('envelopes').execute()",
    'rewrites an outcome': "await tx.updateTable('outcomes').set({ statement }).execute()",
  }

  for (const what of Object.keys(forbidden)) expect(doing(what, [['planted.ts', planted[what] ?? '']])).toEqual(['planted.ts'])
})

import { expect, test } from 'vitest'
import { readArguments } from '../../../../server/cli/office/arguments.ts'

const read = (...args: string[]) => readArguments(args, ['escrow', 'passphrase-file'], ['again'])

test('what has a name and what has none are told apart, in whatever order they stand', () => {
  expect(read('backups', '--escrow', 'key.jwe')).toEqual({ named: { escrow: 'key.jwe' }, flags: new Set(), rest: ['backups'] })
  expect(read('--passphrase-file=p', 'backups', 'more')).toEqual({ named: { 'passphrase-file': 'p' }, flags: new Set(), rest: ['backups', 'more'] })
  expect(read('--again', 'backups')).toEqual({ named: {}, flags: new Set(['again']), rest: ['backups'] })
  expect(read()).toEqual({ named: {}, flags: new Set(), rest: [] })
})

test.each([[['--escrow']], [['--unknown', 'x']], [['-x']], [['--escrow', '--passphrase-file', 'p']], [['--again=yes']]])('%j is not understood', (args) => {
  expect(read(...args)).toBeNull()
})

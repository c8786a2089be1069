import { expect, test } from 'vitest'
import { readArguments } from '../../../../server/cli/office/arguments.ts'

const read = (...args: string[]) => readArguments(args, ['escrow', 'passphrase-file'])

test('what has a name and what has none are told apart, in whatever order they stand', () => {
  expect(read('backups', '--escrow', 'key.jwe')).toEqual({ named: { escrow: 'key.jwe' }, rest: ['backups'] })
  expect(read('--passphrase-file=p', 'backups', 'more')).toEqual({ named: { 'passphrase-file': 'p' }, rest: ['backups', 'more'] })
  expect(read()).toEqual({ named: {}, rest: [] })
})

test.each([[['--escrow']], [['--unknown', 'x']], [['-x']], [['--escrow', '--passphrase-file', 'p']]])('%j is not understood', (args) => {
  expect(read(...args)).toBeNull()
})

/** Bugs that only a real browser shows: its disk, its death, its damaged files. */
import type { SeededBug } from './seededBug.ts'

export const browserBugs: readonly SeededBug[] = [
  {
    name: 'a commit is reported before it is on the disk',
    file: 'src/offline/db.ts',
    from: "const { name = 'tiepsuc', durability = 'strict', ...engine } = options",
    to: "const { name = 'tiepsuc', durability = 'relaxed', ...engine } = options",
    besides: ['--part', 'power', '--only', 'database', '--rounds', '3'],
  },
  {
    name: 'the second copy is not written',
    file: 'src/offline/vault/finalise.ts',
    from: 'const mirrored = await mirror.write(name, writeMirrored(finalised))',
    to: 'const mirrored = ok(undefined)',
    besides: ['--part', 'damage', '--only', 'no database'],
  },
  {
    name: 'a save is bound to the version before it',
    file: 'src/offline/vault/drafts.ts',
    from: 'const sealed = await sealContent(ports, session, key.value, { id, version: next, content })',
    to: 'const sealed = await sealContent(ports, session, key.value, { id, version, content })',
    besides: ['--part', 'crashes', '--only', 'answersStored'],
  },
  {
    name: 'finalising is no longer one transaction',
    file: 'src/offline/outbox/commit.ts',
    from: "return db.transaction('rw', db.drafts, db.items, db.envelopes, db.cases, db.device, async () => {",
    to: 'return Promise.resolve().then(async () => {',
    besides: ['--part', 'crashes', '--only', 'halfCommitted'],
  },
  {
    name: 'a start looks away from what the ledger knows',
    file: 'src/offline/outbox/recover.ts',
    from: 'const isBehind = mark !== null && ahead(mark, found)',
    to: 'const isBehind = false',
    besides: ['--part', 'damage', '--only', 'the log', '--rounds', '3'],
  },
]

/**
 * The power of the office's machine fails: its processes die, and of the database, the parts and the keys only what had been flushed
 * is left. Nobody puts a backup back, so nothing that the office has said may be untrue afterwards.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ward } from '../ward.ts'

export async function cutsOfficePower(ward: Ward): Promise<void> {
  const { run, disk } = ward.office
  if (disk === null) throw new Error('the office has no disk whose power can be cut')
  disk.cutsPower()
  await run.kill()
  await disk.comesBack()
  endsMachineRun(join(run.folder, 'data'))
  ward.hit('officePowerCut')
  await run.start()
}

const otherRun = '00000000-0000-4000-8000-000000000000'

/** Locks that were left name a run of the machine that is over; this process, which looks into the database, goes on. */
function endsMachineRun(data: string): void {
  const run = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  for (const name of ['postgres.lock', 'office.lock']) {
    const lock = join(data, name)
    if (existsSync(lock)) writeFileSync(lock, readFileSync(lock, 'utf8').replace(run, otherRun))
  }
}

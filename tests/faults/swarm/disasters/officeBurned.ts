/**
 * The office burns down and is put back from a backup that is older than what it has received since, by the very commands a
 * person types. Tablets that are enrolled notice, ask what it lacks and offer that again; those that it has forgotten are
 * enrolled again with the key they have.
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { backsUp, losesMachine, officeCommand, takesEscrowOut } from '../../../support/officeBackups.ts'
import type { SwarmTablet } from '../swarmTablet.ts'
import type { Ward } from '../ward.ts'

/** How many applications come between the backup and the fire. */
const atLeast = 20
const atMost = 400

export async function burnsOffice(ward: Ward): Promise<void> {
  const { run } = ward.office
  const dir = join(run.folder, 'backups')
  ward.awaitsRestore = true
  await backsUp(run, dir)
  await notesCovered(ward)
  const until = ward.finalised + Math.min(atMost, Math.max(atLeast, Math.ceil(ward.size.submissions / 50)))
  while (ward.finalised < until && !ward.isOver) await sleep(50)
  const escrow = takesEscrowOut(run)
  await run.kill()
  await losesMachine(run)
  ward.hit('officeBurned')
  const { code, said } = await officeCommand(run, ['restore', dir, '--escrow', escrow.file], `${escrow.passphrase}\n`)
  if (code !== 0) throw new Error(said)
  ward.lines.push({ what: 'restored', atMs: ward.nowMs() })
  await run.start()
  ward.size.tell?.('the office is put back')
  await ward.office.looksAgain()
  await Promise.all(ward.tablets().map((tablet) => comesBack(ward, tablet)))
  ward.awaitsRestore = false
  ward.size.tell?.('every tablet has asked what it lacks')
}

/** What the backup holds: everything that was complete when its snapshot was taken. */
async function notesCovered(ward: Ward): Promise<void> {
  const { db } = ward.office.inside()
  const { head } = await db.selectFrom('backups').select('head').orderBy('verified_at', 'desc').limit(1).executeTakeFirstOrThrow()
  const rows = await db.selectFrom('events').select('id').where('kind', '=', 'complete').where('seq', '<=', head).execute()
  for (const { id } of rows) ward.covered.add(id)
}

/** Asks over the bad road until it has heard everything, and is enrolled again when it was forgotten. */
async function comesBack(ward: Ward, tablet: SwarmTablet): Promise<void> {
  for (let tries = 0; !(await tablet.asks()); tries += 1) {
    await ward.readmits(tablet)
    // Rarer and rarer: a road on which everybody hurries brings nobody home.
    await sleep(Math.min(200 * 2 ** tries, 10_000))
  }
  await ward.readmits(tablet)
}

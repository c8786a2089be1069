/** The office's database is killed (SIGKILL) while it works; the office starts it again, or has to be started again itself. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { whereIs } from '../../../../server/postgres/places.ts'
import { readPostmaster } from '../../../../server/postgres/postmaster.ts'
import { unlessAway } from '../swarmOffice.ts'
import type { Ward } from '../ward.ts'

const patienceMs = 90_000

export async function killsPostgres(ward: Ward): Promise<void> {
  const { run } = ward.office
  const places = await whereIs(join(run.folder, 'data'))
  const postmaster = places && (await readPostmaster(places.cluster))
  if (postmaster === undefined) throw new Error('the office has no database')
  process.kill(postmaster.pid, 'SIGKILL')
  ward.hit('postgresKilled')
  const untilMs = ward.nowMs() + patienceMs
  while (ward.nowMs() < untilMs) {
    await sleep(200)
    if ((await unlessAway(() => ward.office.inside().db.selectFrom('epoch').select('id').execute())) !== null) return
  }
  throw new Error('the office did not get its database back')
}

import { rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { whereIs } from '../../server/postgres/places.ts'
import { isPostmasterOf, readPostmaster } from '../../server/postgres/postmaster.ts'

/** Ends the PostgreSQL of a test's data folder, if one lives, and removes its cluster, which as root lies elsewhere. */
export async function removePostgres(dataFolder: string): Promise<void> {
  const places = await whereIs(dataFolder)
  if (places === undefined) return
  const found = await readPostmaster(places.cluster)
  if (found !== undefined && (await isPostmasterOf(found.pid, places.cluster))) {
    process.kill(found.pid, 'SIGINT') // PostgreSQL's own word for a fast stop
    while (await isPostmasterOf(found.pid, places.cluster)) await pause(20)
  }
  rmSync(places.home, { recursive: true, force: true })
}

/**
 * A power cut: the browser dies, and of its files only what had been flushed is left. Every file is cut back by what was written
 * to it after its last flush. A file that was there before the browser started counts as flushed.
 */
import { existsSync, statSync, truncateSync } from 'node:fs'
import type { Lab, RoundEnd } from './lab.ts'
import { aWatchedBrowser } from './watchedBrowser.ts'
import { works } from './work.ts'

/** Written over in place, or read by nobody: cutting them back would tell nothing. */
const besides = /\/(?:\.usage|LOG)$/

/** Which of the tablet's stores lose what was not flushed. */
export const stores = {
  database: /\/IndexedDB\//,
  'all files': /\/(?:IndexedDB|File System)\//,
} as const
export type Store = keyof typeof stores

export function losesPower(lab: Lab, store: Store): Promise<RoundEnd> {
  return lab.round(`power cut, ${store}`, 'enrolled', async ({ volunteer, tablet }, chance) => {
    const watched = aWatchedBrowser()
    try {
      await tablet.closes()
      await tablet.starts(watched.program)
      await volunteer.goesOn()
      await works(volunteer, chance, 2 + chance.below(5))
      await tablet.dies('browser')
      return cutsBack(watched.unflushed(), tablet.profile, stores[store]) > 0
    } finally {
      watched.remove()
    }
  })
}

/** How many files lost something. */
function cutsBack(unflushed: ReadonlyMap<string, number>, profile: string, which: RegExp): number {
  let cut = 0
  for (const [path, bytes] of unflushed) {
    if (bytes === 0 || !path.startsWith(profile) || !which.test(path) || besides.test(path) || !existsSync(path)) continue
    truncateSync(path, Math.max(0, statSync(path).size - bytes))
    cut += 1
  }
  return cut
}

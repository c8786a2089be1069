/**
 * Which releases a tablet keeps. Each has a cache of its own, with all its files and a mark for every window that was
 * opened from it. A release goes only when no open window came from it, so an open page never asks for a piece that is
 * gone, however many releases were put out since. What is kept is bounded: the present release, one for each older one
 * that a window still shows, and the newest that came after, which may be half downloaded.
 */

/** Where releases lay before each had a cache of its own: nothing is marked there, and no bytes were compared. */
const formerPrefix = 'workbox-precache-v2-'
const prefix = 'tiepsuc-release-'
const windowFolder = '/.windows/'

export interface KeptRelease {
  readonly cache: string
  /** Ids of the windows that were opened from it. */
  readonly windows: readonly string[]
}

/** The cache of a release. */
export const cacheOf = (release: string): string => prefix + release

/** Where a window is marked in its release's cache; never a file's address. */
export const windowMark = (id: string): string => windowFolder + id

const isRelease = (cache: string): boolean => cache.startsWith(prefix) || cache.startsWith(formerPrefix)

/**
 * The caches that may go. `kept` stands in the order in which the caches were made; `open` are the windows that this
 * worker serves now. A window that no mark tells of may show any release, so then nothing goes.
 */
export function releasesToForget(own: string, kept: readonly KeptRelease[], open: readonly string[]): string[] {
  const known = new Set(kept.flatMap(({ windows }) => windows))
  if (open.some((id) => !known.has(id))) return []
  const newest = kept.at(-1)?.cache
  return kept.flatMap(({ cache, windows }) => {
    const isNeeded = cache === own || cache === newest || windows.some((id) => open.includes(id))
    return isNeeded ? [] : [cache]
  })
}

/** Every release of this tablet, oldest first. */
export async function readKept(caches: CacheStorage): Promise<KeptRelease[]> {
  const names = (await caches.keys()).filter(isRelease)
  return Promise.all(names.map(async (cache) => ({ cache, windows: await windowsIn(await caches.open(cache)) })))
}

async function windowsIn(cache: Cache): Promise<string[]> {
  const paths = (await cache.keys()).map(({ url }) => new URL(url).pathname)
  return paths.flatMap((path) => (path.startsWith(windowFolder) ? [path.slice(windowFolder.length)] : []))
}

/** A file by its exact address from any release that is kept; `verified` only from those whose bytes were compared. */
export async function matchKept(caches: CacheStorage, request: Request | string, from: 'any' | 'verified'): Promise<Response | undefined> {
  for (const name of (await caches.keys()).filter(from === 'any' ? isRelease : (one) => one.startsWith(prefix))) {
    const found = await (await caches.open(name)).match(request, { ignoreVary: true })
    if (found !== undefined) return found
  }
  return undefined
}

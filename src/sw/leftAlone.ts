const officePaths = /^\/(?:desk|api|recover)(?:[/.?]|$)/

/** True for a request that the worker must not touch: the office's own paths, other origins, whatever is not a GET. */
export function isLeftAlone({ method, url }: { method: string; url: string }, ownOrigin: string): boolean {
  const { origin, pathname } = new URL(url)
  return method !== 'GET' || origin !== ownOrigin || officePaths.test(pathname)
}

/**
 * The built tablet and desk. Files with a hash in their name are kept for ever by browsers; pages, the service worker and
 * the manifest are asked for again each time, so that an update is seen. Only files of the web folder are ever served.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import type { Context } from 'hono'
import { errorCode } from '../postgres/startFailure.ts'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

/** The file for a path of the address, or null when there is none. A navigation gets the entry that belongs to it. */
export async function serveFile(context: Context, webFolder: string): Promise<Response | null> {
  const { pathname } = new URL(context.req.url)
  const file = await readWebFile(webFolder, pathname)
  if (file !== null) return answer(context, pathname, file)
  const isFile = (pathname.split('/').at(-1) ?? '').includes('.')
  if (isFile) return null
  const isUnder = (path: string): boolean => pathname === path || pathname.startsWith(`${path}/`)
  const entry = isUnder('/desk') ? '/desk.html' : isUnder('/recover') ? '/recover.html' : '/index.html'
  const page = await readWebFile(webFolder, entry)
  return page === null ? null : answer(context, entry, page)
}

async function readWebFile(webFolder: string, pathname: string): Promise<Buffer | null> {
  const path = decode(pathname)
  if (path === null || path === '/') return null
  const file = normalize(join(webFolder, path))
  if (!file.startsWith(`${webFolder}${sep}`)) return null
  try {
    return await readFile(file)
  } catch (cause) {
    const code = errorCode(cause)
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null
    throw cause
  }
}

function decode(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname)
    return path.includes('\0') || path.split('/').some((name) => name.startsWith('.')) ? null : path
  } catch (cause) {
    if (cause instanceof URIError) return null
    throw cause
  }
}

function answer(context: Context, path: string, file: Buffer): Response {
  const etag = `"${createHash('sha256').update(file).digest('base64url').slice(0, 22)}"`
  const kept = path.startsWith('/assets/')
  context.header('Cache-Control', kept ? 'public, max-age=31536000, immutable' : 'no-cache')
  context.header('ETag', etag)
  if (context.req.header('if-none-match') === etag) return context.body(null, 304)
  context.header('Content-Type', types[extname(path)] ?? 'application/octet-stream')
  return context.body(new Uint8Array(file))
}

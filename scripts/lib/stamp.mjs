// A stamp says from which inputs something was made; when the inputs are the same it is not made again.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inRoot } from './place.mjs'

/** A hash over the names and bytes of all files below the given paths, and over the words given beside. */
export function hashOf(paths, ...words) {
  const hash = createHash('sha256')
  for (const word of words) hash.update(`${word}\0`)
  for (const path of paths) for (const file of filesBelow(path)) hash.update(`${file}\0`).update(readFileSync(inRoot(file))).update('\0')
  return hash.digest('hex')
}

export function isStamped(file, hash) {
  return existsSync(file) && readFileSync(file, 'utf8') === hash
}

export function stampWith(file, hash) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, hash)
}

function filesBelow(path) {
  const full = inRoot(path)
  if (!existsSync(full)) return []
  if (!statSync(full).isDirectory()) return [path]
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)))
}

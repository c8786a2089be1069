// The first thing every script asks. Old syntax on purpose: an old Node must get as far as the sentence.
import { stop } from './progress.mjs'

/** Ends with one sentence when this Node is too old (or the odd 21) for what the project is built on. */
export function requireNode(version = process.versions.node) {
  if (!isNodeGood(version)) {
    stop(`Tiếp Sức needs Node.js 20.19 or newer (20.19+ or 22.14+) and this is ${version}: install a newer one from nodejs.org or your system, then run the command again.`)
  }
}

/** The same rule as `engines` in package.json: >=20.19 <21 || >=22.14. */
export function isNodeGood(version) {
  const [major, minor] = version.split('.').map(Number)
  if (major === 20) return minor >= 19
  return major > 22 || (major === 22 && minor >= 14)
}

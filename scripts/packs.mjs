// npm run packs -- check [CODE] | new CODE | schema: for whoever writes procedures. Installs and builds what is missing.
import { buildOrStop } from './lib/build.mjs'
import { installMissing } from './lib/install.mjs'
import { requireNode } from './lib/nodeVersion.mjs'
import { spawnSync } from 'node:child_process'

requireNode()
await installMissing()
await buildOrStop()
const { status } = spawnSync(process.execPath, ['dist/server/cli/packs.js', ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 1

// npm run office -- backup DIR | restore DIR …: for whoever keeps the office's machine. Installs and builds what is missing.
import { spawnSync } from 'node:child_process'
import { buildOrStop } from './lib/build.mjs'
import { installMissing } from './lib/install.mjs'
import { requireNode } from './lib/nodeVersion.mjs'

requireNode()
await installMissing()
await buildOrStop()
const { status } = spawnSync(process.execPath, ['dist/server/cli/office.js', ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 1

// npm run faults -- --simulate N | --submissions N | --browser …: the fault lab (tests/faults/README.md). Installs and builds what is missing.
import { spawnSync } from 'node:child_process'
import { buildOrStop, faultLab, labApp } from './lib/build.mjs'
import { installMissing } from './lib/install.mjs'
import { requireNode } from './lib/nodeVersion.mjs'

requireNode()
await installMissing()
await buildOrStop(faultLab, ...(process.argv.includes('--browser') ? [labApp] : []))
const { status } = spawnSync(process.execPath, ['--max-semi-space-size=64', '--enable-source-maps', 'dist/faults/cli.js', ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 1

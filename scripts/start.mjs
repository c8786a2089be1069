// npm start: installs what is missing, builds what has changed, and becomes the office.
import { pathToFileURL } from 'node:url'
import { requireNode } from './lib/nodeVersion.mjs'
import { installMissing } from './lib/install.mjs'
import { buildOrStop } from './lib/build.mjs'
import { inRoot } from './lib/place.mjs'

requireNode()
await installMissing()
await buildOrStop()

// In this very process, which package.json starts with `exec`: npm's signals reach it and not just a shell between, and
// whoever stops or kills `npm start` stops or kills the office. No orphan keeps the port.
const office = inRoot('dist', 'server', 'main.js')
process.argv[1] = office
process.chdir(inRoot())
await import(pathToFileURL(office).href)

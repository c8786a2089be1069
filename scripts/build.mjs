// npm run build: installs what is missing and builds what has changed into dist/.
import { requireNode } from './lib/nodeVersion.mjs'
import { installMissing } from './lib/install.mjs'
import { buildOrStop } from './lib/build.mjs'

requireNode()
await installMissing()
await buildOrStop()

// npm run pictures: every screen of tablet and desk, taken from the built app with a real office, into docs/pictures.
import { findBrowser } from './lib/browser.mjs'
import { buildOrStop } from './lib/build.mjs'
import { installMissing } from './lib/install.mjs'
import { requireNode } from './lib/nodeVersion.mjs'
import { runTool } from './lib/run.mjs'

requireNode()
await installMissing()
process.env.PLAYWRIGHT_CHROMIUM = await findBrowser()
await buildOrStop()
await runTool('@playwright/test/cli.js', ['test', '--config', 'tests/pictures/playwright.config.ts'], { show: true, limitMs: 15 * 60_000 })

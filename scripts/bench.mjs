// npm run bench: what the tablet's heavy work takes, in Node and in a real Chromium. Prints tables and ends; docs/benchmarks.md
// keeps the figures of one machine. Proves nothing by time: a slow machine fails no bench.
import { findBrowser } from './lib/browser.mjs'
import { installMissing } from './lib/install.mjs'
import { requireNode } from './lib/nodeVersion.mjs'
import { runTool } from './lib/run.mjs'

requireNode()
await installMissing()
process.env.PLAYWRIGHT_CHROMIUM = await findBrowser()
await runTool('vitest/vitest.mjs', ['bench', '--run', '--project', 'unit'], { show: true, limitMs: 5 * 60_000 })
await runTool('@playwright/test/cli.js', ['test', '--config', 'tests/bench/playwright.config.ts'], { show: true, limitMs: 10 * 60_000 })

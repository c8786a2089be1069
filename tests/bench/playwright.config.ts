/** Measures in a real Chromium; proves nothing by time. Run by `npm run bench`. */
import { defineConfig } from '@playwright/test'
import everyday from '../../playwright.config.ts'

export default defineConfig({ ...everyday, testDir: '.', testMatch: '*.spec.ts', timeout: 300_000, reporter: 'line', workers: 1, outputDir: '../../test-results/bench' })

/** Takes pictures; proves nothing. Run by `npm run pictures`. */
import { defineConfig } from '@playwright/test'
import everyday from '../../playwright.config.ts'

export default defineConfig({ ...everyday, testDir: '.', testMatch: '*.spec.ts', timeout: 600_000, reporter: 'list', workers: 1, outputDir: '../../test-results/pictures' })

// End-to-end: a real Chromium, the built app, a real office process, a real PostgreSQL. No webServer here: the tests
// start and kill offices themselves, on free ports. Three files at a time on two cores: half of a test is waiting.
import { defineConfig } from '@playwright/test'
import { chromiumArgs, findChromium } from './tests/support/chromium.ts'

const executablePath = findChromium()

export default defineConfig({
  testDir: 'tests',
  testMatch: ['e2e/**/*.spec.ts', 'faults/**/*.spec.ts'],
  outputDir: 'test-results/e2e',
  workers: 3,
  retries: 0,
  forbidOnly: true,
  // Walks of minutes, so that CI stays under its limit: with LONG=1, and so by `npm run e2e`.
  ...(process.env['LONG'] === undefined ? { grepInvert: /@long/ } : {}),
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    serviceWorkers: 'allow',
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    trace: 'off',
    screenshot: 'only-on-failure',
    // A control that never comes is told by its own name, not by the test's time.
    actionTimeout: 45_000,
    launchOptions: { args: chromiumArgs(), ...(executablePath === undefined ? {} : { executablePath }) },
  },
})

// One project a kind of proof. Only those that talk to the office's database start PostgreSQL (once a run).
// Name a project with --project unit, or give a path: only the projects it belongs to are set up.
// Tests without an office share a worker's modules (isolate: false): loading them anew for each file cost more than the tests.
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const POSTGRES = ['./tests/support/postgresGlobal.ts']
const SCREEN = 'tests/unit/{forms,stores,components,pages,composables,desk,app}/**/*.test.ts'
/** They replace a module for themselves alone, so they need modules of their own (kept true by tests/architecture/isolation). */
const SPIED = ['tests/unit/forms/cost.test.ts', 'tests/unit/forms/useProcedureForm.test.ts']
const OFFICE = 'tests/unit/server/**/*.test.ts'

export default defineConfig({
  plugins: [vue()],
  define: { __APP_VERSION__: '"0.0.0-test"' },
  test: {
    environment: 'node',
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 15_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    projects: [
      { extends: true, test: { name: 'unit', isolate: false, include: ['tests/unit/**/*.test.ts'], exclude: [SCREEN, OFFICE] } },
      { extends: true, test: { name: 'ui', isolate: false, include: [SCREEN], exclude: SPIED, environment: 'happy-dom' } },
      { extends: true, test: { name: 'spied', include: SPIED, environment: 'happy-dom' } },
      { extends: true, test: { name: 'packs', isolate: false, include: ['tests/packs/**/*.test.ts'] } },
      { extends: true, test: { name: 'properties', include: ['tests/properties/**/*.test.ts'], setupFiles: ['./tests/support/seeded.ts'], testTimeout: 120_000 } },
      { extends: true, test: { name: 'office', include: [OFFICE], globalSetup: POSTGRES, pool: 'forks' } },
      { extends: true, test: { name: 'contracts', include: ['tests/contracts/**/*.test.ts'], globalSetup: POSTGRES, pool: 'forks', testTimeout: 60_000 } },
      { extends: true, test: { name: 'faults', include: ['tests/faults/**/*.test.ts'], testTimeout: 120_000, fileParallelism: false } },
      { extends: true, test: { name: 'architecture', include: ['tests/architecture/**/*.test.ts'], testTimeout: 120_000, fileParallelism: false } },
    ],
  },
})

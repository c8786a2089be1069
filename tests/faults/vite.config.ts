// Node 20 runs no TypeScript: the fault lab is built to dist/faults, with the product's own sources inside.
import { join, resolve } from 'node:path'
import { defineConfig } from 'vite'

const root = resolve(import.meta.dirname, '..', '..')

export default defineConfig({
  root,
  publicDir: false,
  logLevel: 'warn',
  build: {
    ssr: true,
    outDir: 'dist/faults',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    minify: false,
    rolldownOptions: { input: { cli: join(root, 'tests/faults/cli.ts') }, output: { format: 'es', entryFileNames: '[name].js' } },
  },
})

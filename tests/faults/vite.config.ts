// Node 20 runs no TypeScript: the fault lab is built to dist/faults, with the product's own sources inside. With SEEDED_BUG
// a bug is built in, and FAULTS_OUT says where to.
import { join, resolve } from 'node:path'
import { defineConfig } from 'vite'
import { seedBug } from './bugs/seedBug.ts'

const root = resolve(import.meta.dirname, '..', '..')

export default defineConfig({
  root,
  publicDir: false,
  logLevel: 'warn',
  plugins: seedBug(root, process.env['SEEDED_BUG']),
  build: {
    ssr: true,
    outDir: process.env['FAULTS_OUT'] ?? 'dist/faults',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: { cli: join(root, 'tests/faults/cli.ts'), main: join(root, 'server/main.ts'), office: join(root, 'server/cli/office.ts') },
      output: { format: 'es', entryFileNames: '[name].js' },
    },
  },
})

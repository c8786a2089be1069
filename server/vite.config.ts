// The office's build: Node 20 runs no TypeScript, so Vite turns server/main.ts and every server/cli/*.ts into ESM
// under dist/server. Packages stay outside (they are installed beside it); procedures/ is read from disk at run time.
import { existsSync, readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { defineConfig } from 'vite'

const root = resolve(import.meta.dirname, '..')

export default defineConfig({
  root,
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: { main: join(root, 'server/main.ts'), ...commands() },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
})

function commands(): Record<string, string> {
  const folder = join(root, 'server/cli')
  if (!existsSync(folder)) return {}
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'))
  return Object.fromEntries(files.map((file) => [`cli/${basename(file, '.ts')}`, join(folder, file)]))
}

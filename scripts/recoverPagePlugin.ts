// Builds the recovery page's script by itself, after the app: one classic script that shares no file with it, so that a
// broken release of the app cannot break it. Its page and looks are plain files in public/.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build, type Plugin, type ResolvedConfig } from 'vite'

export function recoverPage({ entry, out, page }: { entry: string; out: string; page: string }): Plugin {
  let config: ResolvedConfig
  return {
    name: 'tiepsuc:recover-page',
    apply: 'build',
    configResolved(resolved) {
      config = resolved
    },
    closeBundle: {
      sequential: true,
      async handler() {
        const outDir = resolve(config.root, config.build.outDir)
        if (!existsSync(join(outDir, page))) return
        await build({
          root: config.root,
          configFile: false,
          logLevel: 'warn',
          publicDir: false,
          define: { 'process.env.NODE_ENV': '"production"' },
          build: {
            outDir,
            emptyOutDir: false,
            target: 'es2023',
            minify: true,
            rolldownOptions: { input: join(config.root, entry), output: { format: 'iife', entryFileNames: out, codeSplitting: false } },
          },
        })
      },
    },
  }
}

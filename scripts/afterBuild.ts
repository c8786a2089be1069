// What is built beside the app, once the app stands: scripts of their own that share no file with it.
import { existsSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { build, type Plugin, type ResolvedConfig } from 'vite'

export interface Built {
  readonly root: string
  readonly outDir: string
}

/** Runs `work` after a build that made `page`; a build of anything else passes by. */
export function afterBuild(name: string, page: string, work: (built: Built) => Promise<void>): Plugin {
  let config: ResolvedConfig
  return {
    name,
    apply: 'build',
    enforce: 'post',
    configResolved(resolved) {
      config = resolved
    },
    closeBundle: {
      sequential: true,
      async handler() {
        const outDir = resolve(config.root, config.build.outDir)
        if (existsSync(join(outDir, page))) await work({ root: config.root, outDir })
      },
    },
  }
}

export interface ScriptBuild extends Built {
  readonly entry: string
  readonly out: string
  readonly define?: Readonly<Record<string, string>>
  /** Plug-ins that change its sources; none in a release. */
  readonly changes?: () => Plugin[]
}

/** Bundles an entry into one classic script; returns the modules inside it, relative to the root. */
export async function bundleScript({ root, outDir, entry, out, define = {}, changes = () => [] }: ScriptBuild): Promise<string[]> {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: changes(),
    define: { ...define, 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2023',
      minify: true,
      rolldownOptions: { input: join(root, entry), output: { format: 'iife', entryFileNames: out, codeSplitting: false } },
    },
  })
  const outputs = Array.isArray(result) ? result : [result]
  const parts = outputs.flatMap((output) => ('output' in output ? output.output : []))
  const ids = parts.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []))
  return [...new Set(ids.filter((id) => !id.startsWith('\0')).map((id) => relative(root, id).split(sep).join('/')))].sort()
}

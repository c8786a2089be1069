/** The tablet's own modules in a real Chromium without the app around them, served by Vite as they stand. */
import { createServer } from 'vite'

export interface Modules {
  readonly origin: string
  readonly close: () => Promise<void>
}

/** A page with nothing on it at `/bench`, from which any module of the repository can be imported by its path. */
export async function serveModules(): Promise<Modules> {
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    optimizeDeps: { include: ['vue', 'valibot', 'minisearch'], entries: [] },
    plugins: [
      {
        name: 'bench-page',
        configureServer: ({ middlewares }) => {
          middlewares.use('/bench', (_request, answer) => {
            answer.setHeader('Content-Type', 'text/html')
            answer.end('<!doctype html><html lang="en"><title>bench</title><input type="file"></html>')
          })
        },
      },
    ],
  })
  await server.listen()
  const address = server.httpServer?.address()
  if (address === null || address === undefined || typeof address === 'string') throw new Error('no port')
  return { origin: `http://127.0.0.1:${address.port}`, close: () => server.close() }
}

/** A table for people, in the order of the rows. */
export function print(title: string, rows: readonly Readonly<Record<string, string | number>>[]): void {
  const names = Object.keys(rows[0] ?? {})
  const lines = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '')))]
  const widths = names.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)))
  const drawn = lines.map((line) => line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  '))
  process.stdout.write(`\n${title}\n\n${drawn.join('\n')}\n\n`)
}

// The browser build: two entries that share components and nothing of a citizen's file.
// index.html is the tablet (precached by the service worker), desk.html the officers' desk (never precached).
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin, type UserConfig } from 'vite'
import { recoverPage } from './scripts/recoverPagePlugin.ts'
import { serviceWorker } from './scripts/serviceWorkerPlugin.ts'

const root = import.meta.dirname
const office = process.env['OFFICE_URL'] ?? 'http://localhost:8080'
const appVersion = JSON.stringify(versionOf(readFileSync(resolve(root, 'package.json'), 'utf8')))

export default defineConfig(browserBuild({ hasCrashPoints: false, outDir: 'dist/web', changes: () => [] }))

/** The release; and for the fault lab the same with crash points in it, and with changes to its sources if asked. */
export function browserBuild({ hasCrashPoints, outDir, changes }: { hasCrashPoints: boolean; outDir: string; changes: () => Plugin[] }): UserConfig {
  const constants = { __APP_VERSION__: appVersion, __CRASH_POINTS__: JSON.stringify(hasCrashPoints) }
  return {
    root,
    plugins: [
      changes(),
      vue(),
      deskPages(),
      recoverPage({ entry: 'src/recover/main.ts', out: 'recover.js', page: 'index.html', define: constants }),
      serviceWorker({
        entry: 'src/sw/sw.ts',
        out: 'sw.js',
        page: 'index.html',
        never: ['desk.html'],
        maxFileBytes: 1_500_000,
        define: constants,
        changes,
      }),
    ],
    define: {
      ...constants,
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      // Nothing is inlined as data: URL, so that the content security policy needs no exception.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { tablet: resolve(root, 'index.html'), desk: resolve(root, 'desk.html') } },
    },
    worker: { format: 'es', plugins: changes },
    server: { proxy: { '/api': office, '/desk/api': office } },
  }
}

/** While developing, the desk's own addresses lead to its entry, as the office does in production. */
function deskPages(): Plugin {
  return {
    name: 'tiepsuc:desk-pages',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, _answer, next) => {
        const asksForPage = request.headers.accept?.includes('text/html') === true
        if (asksForPage && request.url !== undefined && /^\/desk(?:\/(?!api\/)[^.]*)?(?:\?.*)?$/.test(request.url)) request.url = '/desk.html'
        next()
      })
    },
  }
}

function versionOf(packageJson: string): string {
  const parsed: unknown = JSON.parse(packageJson)
  if (typeof parsed === 'object' && parsed !== null && 'version' in parsed && typeof parsed.version === 'string') return parsed.version
  throw new Error('package.json names no version')
}

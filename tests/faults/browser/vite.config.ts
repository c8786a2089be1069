// The tablet's app as the fault lab runs it: with crash points, readable, and with SEEDED_BUG a bug in it. LAB_WEB says where to.
// Its page hands the tablet to whoever drives it, so that a round takes seconds and not a form.
import { resolve } from 'node:path'
import { defineConfig, type Plugin } from 'vite'
import { browserBuild } from '../../../vite.config.ts'
import { seedBug } from '../bugs/seedBug.ts'

const root = resolve(import.meta.dirname, '..', '..', '..')

/** `globalThis.tablet`: the promise of the page's own tablet. */
function handedOut(): Plugin {
  const [file, place] = [resolve(root, 'src/main.ts'), 'const texts = createTexts({']
  return {
    name: 'tiepsuc:handed-out',
    enforce: 'pre',
    transform(code, id) {
      if (id !== file) return null
      if (code.split(place).length !== 2) throw new Error('src/main.ts has changed: where is the tablet made?')
      return code.replace(place, `Object.assign(globalThis, { tablet: opening })\n${place}`)
    },
  }
}

const app = browserBuild({
  hasCrashPoints: true,
  outDir: process.env['LAB_WEB'] ?? 'dist/lab/web',
  changes: () => [...seedBug(root, process.env['SEEDED_BUG']), handedOut()],
})

export default defineConfig({ ...app, logLevel: 'warn', build: { ...app.build, minify: false } })

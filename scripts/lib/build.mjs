// Builds what the office serves (tablet and desk) and the office itself, each only when its sources have changed.
import { existsSync } from 'node:fs'
import { withLock } from './lock.mjs'
import { inRoot } from './place.mjs'
import { step, stop } from './progress.mjs'
import { runTool } from './run.mjs'
import { hashOf, isStamped, stampWith } from './stamp.mjs'

const always = ['package-lock.json', 'package.json', 'tsconfig.base.json', 'core', 'procedures']

const product = [
  {
    title: 'Building tablet and desk',
    inputs: [...always, 'src', 'desk', 'public', 'index.html', 'desk.html', 'vite.config.ts', 'scripts/serviceWorkerPlugin.ts', 'scripts/recoverPagePlugin.ts', 'scripts/afterBuild.ts'],
    args: ['build'],
    made: 'dist/web/index.html',
    stamp: 'dist/web.stamp',
  },
  {
    title: 'Building the office',
    inputs: [...always, 'server'],
    args: ['build', '--config', 'server/vite.config.ts'],
    made: 'dist/server/main.js',
    stamp: 'dist/server.stamp',
  },
]

/** The fault lab, which only `npm run faults` needs. */
export const faultLab = {
  title: 'Building the fault lab',
  inputs: [...always, 'src', 'server', 'tests/faults', 'tests/support'],
  args: ['build', '--config', 'tests/faults/vite.config.ts'],
  made: 'dist/faults/cli.js',
  stamp: 'dist/faults.stamp',
}

/** The tablet's app with crash points in it, for the fault lab's real browsers. */
export const labApp = {
  title: "Building the fault lab's app",
  inputs: [...product[0].inputs, 'tests/faults/bugs', 'tests/faults/browser/vite.config.ts'],
  args: ['build', '--config', 'tests/faults/browser/vite.config.ts'],
  made: 'dist/lab/web/index.html',
  stamp: 'dist/lab.stamp',
}

/** As buildChanged, and what is wanted besides; ends the script with one sentence on failure. */
export async function buildOrStop(...besides) {
  try {
    await buildChanged(...besides)
  } catch (cause) {
    process.stderr.write(cause.output ?? '')
    stop(`The build failed (${cause.message}): see the words above.`)
  }
}

/** Builds the parts whose sources have changed since what stands in dist was made. */
export async function buildChanged(...besides) {
  await withLock('build', async () => {
    for (const part of [...product, ...besides]) await buildPart(part)
  })
}

async function buildPart({ title, inputs, args, made, stamp }) {
  const hash = hashOf(inputs)
  if (existsSync(inRoot(made)) && isStamped(inRoot(stamp), hash)) return
  await step(title, () => runTool('vite/bin/vite.js', [...args, '--logLevel', 'warn'], { env: { NODE_ENV: 'production' } }))
  stampWith(inRoot(stamp), hash)
}

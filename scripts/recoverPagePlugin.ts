// Builds the recovery page's script by itself, after the app: one classic script that shares no file with it, so that a
// broken release of the app cannot break it. Its page and looks are plain files in public/.
import type { Plugin } from 'vite'
import { afterBuild, bundleScript, type ScriptBuild } from './afterBuild.ts'

export function recoverPage({ entry, out, page, define = {} }: Pick<ScriptBuild, 'entry' | 'out' | 'define'> & { page: string }): Plugin {
  return afterBuild('tiepsuc:recover-page', page, async (built) => {
    await bundleScript({ ...built, entry, out, define })
  })
}

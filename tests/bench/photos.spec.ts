/** Time and memory from a file to the photo that is kept, for the largest photo that is allowed, and for what is refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { aJpeg, notPhotos } from '../support/photos.ts'
import { aPicture } from '../e2e/people/photographs.ts'
import { peakOf } from './memory.ts'
import { print, serveModules } from './modules.ts'

/** In megapixels as phones name them. */
const sizes: readonly (readonly [string, number, number])[] = [['12 MP', 4000, 3000], ['60 MP, the largest allowed', 10_000, 6000]]

test('photos', async () => {
  const modules = await serveModules()
  const folder = mkdtempSync(join(tmpdir(), 'tiepsuc-bench-'))
  const context = await launchProfile(join(folder, 'profile'))
  const rows: Record<string, string | number>[] = []
  try {
    const open = async (): Promise<Page> => {
      const page = await context.newPage()
      await page.goto(`${modules.origin}/bench`)
      return page
    }
    async function measure(name: string, file: Uint8Array, expected: string): Promise<void> {
      const path = join(folder, 'photo.jpg')
      writeFileSync(path, file)
      const page = await open()
      await page.locator('input').setInputFiles(path)
      let answer = { outcome: '', ms: 0 }
      const peakMiB = await peakOf(folder, async () => {
        answer = await shrinks(page)
      })
      expect(answer.outcome).toBe(expected)
      rows.push({ file: name, bytes: file.length, outcome: answer.outcome, ms: Math.round(answer.ms), 'peak MiB': peakMiB ?? 'not told' })
      await page.close()
    }
    // The first worker loads the code.
    await measure('warming up', aJpeg({ cut: true }), 'truncated')
    rows.pop()
    for (const [name, width, height] of sizes) {
      const maker = await open()
      const file = await aPicture(maker, width, height)
      await maker.close()
      await measure(name, file, '2000 px')
    }
    for (const [name, trouble, file] of notPhotos) await measure(name, file, trouble)
    await measure('41 MiB', new Uint8Array(41 * 1024 * 1024), 'tooLargeFile')
    print('From a file to the photo that is kept', rows)
  } finally {
    await closeQuietly(context)
    await modules.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

interface Answer {
  readonly ok: boolean
  readonly failure?: string
  readonly value?: { readonly widthPx: number }
}

/** With the app's own worker, as DocumentSlot hands a file over. */
async function shrinks(page: Page): Promise<{ outcome: string; ms: number }> {
  return page.evaluate(async () => {
    const path = '/src/composables/photoShrink.worker.ts?worker_file&type=module'
    const file = document.querySelector('input')?.files?.[0]
    const worker = new Worker(path, { type: 'module' })
    const start = performance.now()
    const answer = await new Promise<Answer>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
        resolve(data)
      })
      worker.addEventListener('error', (event) => {
        reject(new Error(event.message))
      })
      worker.postMessage({ file })
    })
    const ms = performance.now() - start
    worker.terminate()
    return { outcome: answer.ok ? `${answer.value?.widthPx ?? 0} px` : (answer.failure ?? ''), ms }
  })
}

/** The README's picture: the tablet that holds what nobody else has yet, beside the desk that reads a case. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { folder } from './camera.ts'

const image = (path: string): string => `data:image/png;base64,${readFileSync(join(folder, path)).toString('base64')}`

export async function composesReadme(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1480, height: 800 })
  await page.setContent(`<style>
      body { margin: 0; height: 800px; overflow: hidden; position: relative; background: linear-gradient(160deg, #f6eff9, #e6d7ee) }
      figure { margin: 0; position: absolute; overflow: hidden; background: #faf7f2; box-shadow: 0 24px 60px rgb(67 26 94 / 26%) }
      img { display: block; width: 100% }
      .tablet { left: 60px; top: 60px; width: 486px; height: 652px; border: 14px solid #241a2b; border-radius: 34px }
      .desk { left: 620px; top: 104px; width: 800px; height: 500px; border: 12px solid #241a2b; border-radius: 14px }
      .foot { position: absolute; left: 900px; top: 628px; width: 264px; height: 76px; background: #3a2d43; clip-path: polygon(30% 0, 70% 0, 74% 84%, 100% 84%, 100% 100%, 0 100%, 0 84%, 26% 84%) }
    </style>
    <figure class="tablet"><img src="${image('tablet/vi/820/21-outbox-three-only-here.png')}"></figure>
    <figure class="desk"><img src="${image('desk/vi/1280/14-case-window.png')}"></figure><div class="foot"></div>`)
  await page.screenshot({ path: join(folder, 'readme.jpg'), type: 'jpeg', quality: 82 })
}

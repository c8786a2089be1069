import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyTree, ROOT, runNode, type TreeCopy } from '../support/treeCopy.ts'

const PLANTED: Readonly<Record<string, string>> = {
  'core/userHelper.ts': 'export const one = 1\n',
  'core/feeds.ts': 'export function parsePayload(): void {}\n',
  'src/offline/index.ts': 'export const one = 1\n',
  'src/offline/queue.ts': "export * from './index.ts'\n",
  'src/pages/home.vue': '<template>\n  <p />\n</template>\n',
  'src/pages/Red.vue': '<template>\n  <p />\n</template>\n<style>\np { color: #ff0000; }\n</style>\n',
  'src/styles/extra.css': 'p {\n  background: rgb(1 2 3);\n}\n',
  'src/offline/silent.ts': '// eslint-disable-next-line no-console\nexport const one = 1\n',
  'server/later.ts': '// TODO write it\nexport const one = 1\n',
  'src/i18n/vi/planted.ts': "export const planted = { hello: 'Xin chào {name}', wait: 'Chờ', tone: 'Huỷ' }\n",
  'src/i18n/en/planted.ts': "export const planted = { hello: 'Hello {nam}', more: 'More' }\n",
  'procedures/9.9/1.0.0/texts.vi.json': '{"title":"Khai","field":{"a":"A"}}',
  'procedures/9.9/1.0.0/texts.en.json': '{"title":"Form","field":{}}',
}

const EXPECTED = [
  'core/userHelper.ts:1 name "helper"',
  'core/feeds.ts:1 name "payload" in parsePayload',
  'src/offline/index.ts:1 barrel',
  'src/offline/queue.ts:1 barrel',
  'src/pages/home.vue:1 name',
  'src/pages/Red.vue:5 colour #ff0000',
  'src/styles/extra.css:2 colour rgb(',
  'src/offline/silent.ts:1 reason',
  'server/later.ts:1 todo',
  'src/i18n/en/planted.ts:1 locale planted.hello has places {nam}, the Vietnamese text {name}',
  'src/i18n/en/planted.ts:1 locale lacks planted.wait',
  'src/i18n/en/planted.ts:1 locale planted.more has no Vietnamese original',
  'src/i18n/vi/planted.ts:1 spelling planted.tone: "Huỷ"',
  'procedures/9.9/1.0.0/texts.en.json:1 locale lacks field.a',
]

describe('the house rules', () => {
  let copy: TreeCopy
  let said: string[]

  beforeAll(async () => {
    copy = copyTree([])
    for (const [path, text] of Object.entries(PLANTED)) copy.plant(path, text)
    said = (await runNode(join(ROOT, 'scripts/stylecheck.mjs'), [copy.root], ROOT)).output.split('\n')
  })

  afterAll(() => {
    copy.remove()
  })

  it('hold in the whole tree', async () => {
    expect(await runNode(join(ROOT, 'scripts/stylecheck.mjs'), [], ROOT)).toEqual({ code: 0, output: 'style: no fault\n' })
  })

  it.each(EXPECTED)('see %s', (fault) => {
    expect(said.some((line) => line.startsWith(fault))).toBe(true)
  })

  it('leave alone what only looks like a fault', async () => {
    const clean = copyTree([])
    clean.plant('core/recordedAt.ts', 'export const serviceWorkerUrl = 1\nexport const metadata = 2\n')
    clean.plant('src/i18n/vi/words.ts', "export const words = { a: 'quý, quỳnh, hòa, thủy, khỏe, xoài, khoáng' }\n")
    clean.plant('src/i18n/en/words.ts', "export const words = { a: 'x' }\n")
    clean.plant('src/pages/Link.vue', '<template>\n  <a href="#abc">x</a>\n</template>\n')

    const ended = await runNode(join(ROOT, 'scripts/stylecheck.mjs'), [clean.root], ROOT)

    clean.remove()
    expect(ended.output).toBe('style: no fault\n')
  })
})

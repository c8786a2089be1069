// An app without a page: stores and composables run in it as they do in the real one, over a fake tablet and a fake world.
import { createPinia, setActivePinia, type Pinia } from 'pinia'
import { createApp, type App } from 'vue'
import { tabletWords } from '../../../src/i18n/tabletWords.ts'
import { createTexts, type Texts } from '../../../src/i18n/texts.ts'
import { outsideKey, type KeptName, type Outside, type Shared } from '../../../src/stores/outside.ts'
import { openingKey, type Tablet } from '../../../src/stores/tablet.ts'
import { fakeTablet, type FakeTablet } from './fakeTablet.ts'

export interface FakeOutside extends Outside {
  now: number
  readonly words: Map<KeptName, string>
  readonly ticks: Set<() => void>
  readonly files: { fileName: string; content: Blob }[]
  /** What the share sheet answers; null: the device has none. */
  sheet: Shared | null
}

export function fakeOutside(): FakeOutside {
  const outside: FakeOutside = {
    now: Date.parse('2026-11-24T07:05:00.000Z'),
    words: new Map(),
    ticks: new Set(),
    files: [],
    nowMs: () => outside.now,
    randomBytes: (count) => new Uint8Array(count).map((_, index) => index),
    every(_periodMs, run) {
      outside.ticks.add(run)
      return () => outside.ticks.delete(run)
    },
    kept: (name) => outside.words.get(name) ?? null,
    keep(name, word) {
      outside.words.set(name, word)
      return true
    },
    sheet: null,
    handOver: (fileName, content) => outside.files.push({ fileName, content }),
    canShare: () => outside.sheet !== null,
    share: (fileName, content) => {
      if (outside.sheet === 'shared') outside.files.push({ fileName, content })
      return Promise.resolve(outside.sheet ?? 'failed')
    },
    showTheme: () => undefined,
  }
  return outside
}

export interface ScreenApp {
  readonly app: App
  readonly pinia: Pinia
  readonly tablet: FakeTablet
  readonly outside: FakeOutside
  readonly texts: Texts
  /** What a mounted component needs around it. */
  readonly global: { plugins: (Pinia | { install: (app: App) => void })[]; provide: Record<symbol, unknown> }
}

/** `opening` may be handed in to be slow or to fail. */
export function screenApp(tablet: FakeTablet = fakeTablet(), opening: Promise<Tablet> = Promise.resolve(tablet)): ScreenApp {
  const [pinia, outside, texts] = [createPinia(), fakeOutside(), createTexts({ words: tabletWords })]
  const app = createApp({ render: () => null })
  app.use(pinia)
  app.use(texts)
  app.provide(outsideKey, outside)
  app.provide(openingKey, opening)
  setActivePinia(pinia)
  const provide = { [outsideKey as symbol]: outside, [openingKey as symbol]: opening }
  return { app, pinia, tablet, outside, texts, global: { plugins: [pinia, texts], provide } }
}

/** Lets promises that are due run. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve()
}

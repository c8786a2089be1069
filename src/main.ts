/** Boot order and nothing else: words, stores, router, page. The database is opened beside the first page, not before it. */
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { parseLocale, showLocale } from './i18n/document.ts'
import { tabletWords } from './i18n/tabletWords.ts'
import { createTexts } from './i18n/texts.ts'
import { outside } from './outside.ts'
import { makeRouter } from './router.ts'
import { useAppearance } from './stores/appearance.ts'
import { useDatabase } from './stores/database.ts'
import { emergencyKey } from './stores/emergency.ts'
import { outsideKey } from './stores/outside.ts'
import { openingKey } from './stores/tablet.ts'
import { useUpdates } from './stores/updates.ts'
import './styles/main.css'
import { watchForMissingPieces, watchForUpdates } from './updates.ts'

const opening = import('./wiring.ts').then(({ makeTablet }) =>
  makeTablet({ blocked: (isBlocked) => useDatabase().blocked(isBlocked), replaced: () => useDatabase().replaced(), save: () => useDatabase().save() }),
)
const texts = createTexts({
  words: tabletWords,
  locale: parseLocale(outside.kept('locale')),
  onLocale: (locale) => {
    showLocale(document.documentElement, locale)
    outside.keep('locale', locale)
  },
})
const app = createApp(App)
app.provide(outsideKey, outside)
app.provide(openingKey, opening)
app.provide(emergencyKey, () => import('./wiring.ts').then(({ makeEmergency }) => makeEmergency()))
app.use(texts)
app.use(createPinia())
// The chosen theme holds from the first page on.
useAppearance()
app.use(makeRouter(texts))
app.mount('#app')

// A tablet that does not open shows its own page (`useDevice().broken`).
opening.then((tablet) => tablet.start(), (cause: unknown) => {
  if (cause instanceof Error && cause.name === 'DatabaseNewer') useDatabase().replaced()
  else reportError(cause)
})
watchForUpdates(useUpdates().offer)
watchForMissingPieces(useUpdates().miss)

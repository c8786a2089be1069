/** The officers' desk: its own entry, never precached, nothing of a citizen kept in the browser. */
import { createApp } from 'vue'
import '../src/styles/main.css'
import './print.css'
import { showLocale, parseLocale } from '../src/i18n/document.ts'
import { deskWords } from '../src/i18n/deskWords.ts'
import { createTexts } from '../src/i18n/texts.ts'
import App from './App.vue'
import { makeRouter } from './router.ts'
import { lookAgain, paySignOut } from './presence.ts'
import { deskKey, forgetOfficer, makeDesk } from './session.ts'
import { payEveryMs } from './signOut.ts'
import { isOpenPage } from './target.ts'
import { keepLocale, keepTrying, keptLocale, keptTheme, openOutside, showTheme, takeTicket, watchMissingPieces, watchNetwork, watchSeen, watchTickets } from './wiring.ts'

const ticket = takeTicket()
const desk = makeDesk(openOutside(sessionEnded), { ticket, theme: keptTheme() })
const router = makeRouter(desk)

/** The office no longer knows this officer: the page is left at once, its address is where signing in leads back to. */
function sessionEnded(): void {
  if (isOpenPage(router.currentRoute.value.name)) return
  forgetOfficer(desk)
  desk.ended.value = true
  void router.push({ name: 'signIn', query: { to: router.currentRoute.value.fullPath } })
}

showTheme(desk.theme.value)
watchTickets((found) => {
  desk.ticket.value = found
})
watchNetwork((online) => {
  desk.online.value = online
})
watchMissingPieces(() => {
  desk.pieceMissing.value = true
})
const leave = (): void => void router.push({ name: 'signIn' })
keepTrying(payEveryMs, () => void paySignOut(desk, leave))
watchSeen(() => {
  void lookAgain(desk, {
    leave,
    ended: sessionEnded,
    loadAnew: () => {
      window.location.reload()
    },
  })
})
const texts = createTexts({
  words: deskWords,
  locale: parseLocale(keptLocale()),
  onLocale(locale) {
    showLocale(document.documentElement, locale)
    keepLocale(locale)
  },
})
createApp(App).use(texts).use(router).provide(deskKey, desk).mount('#app')

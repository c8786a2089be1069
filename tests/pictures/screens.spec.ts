/** Every screen of tablet and desk into docs/pictures. Invented people only. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { test } from '@playwright/test'
import { writeCardVideo } from '../support/cardVideo.ts'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { makesFirstAccount } from '../e2e/people/officer.ts'
import { anOfficeRun } from '../support/officeRun.ts'
import { aWebFolder } from '../support/release.ts'
import { appPage, isReadyForOffline, joins, unlocks } from '../e2e/people/volunteer.ts'
import { folder } from './camera.ts'
import { looksAtCase, looksAtLists, looksAtPeople, signsIn } from './deskScreens.ts'
import { looksAtEmptyInbox, looksAtImports, looksAtStrangeCases, makesStrangeCases } from './deskStrange.ts'
import { asksBefore, carriesAndPrints, isOfferedNewerForm, officerLooksAtPhotos, photographsPapers, wasDamaged } from './paperScreens.ts'
import { composesReadme } from './readmePicture.ts'
import { hasHundreds, hasOldKeys, hasTroubles, hasTwoWindows, isFull, isOfferedUpdate, isRevoked } from './stateScreens.ts'
import { enrols, fills, finalisesOffline, isAnswered } from './tabletScreens.ts'
import { cardOfTheVisit, certifiesCopies, findsWhatToDo, isScanned } from './visitScreens.ts'

/** A screen that is gone must not live on as a picture; those of the other walks stay, so that one walk can be taken alone. */
function clears(part: 'tablet' | 'desk', isOfWalk: (picture: number) => boolean): void {
  const pictures = readdirSync(join(folder, part), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.png'))
  for (const path of pictures) if (isOfWalk(Number.parseInt(basename(path), 10))) rmSync(join(folder, part, path))
}
const ofDesk = 3 // the six words of a tablet that waits are pictured while an officer looks at them
const ofRareDays = 31
const ofVisit = 51
const ofPapers = 63
const ofDeskPhotos = 27

test('the tablet', async ({ browser }) => {
  clears('tablet', (picture) => picture < ofRareDays && picture !== ofDesk)
  const office = await anOfficeRun()
  const profile = mkdtempSync(join(tmpdir(), 'tiepsuc-pictures-'))
  const context = await launchProfile(profile)
  // Six pictures a screen take longer than the tablet's idle lock waits.
  await context.addInitScript(() => { localStorage.setItem('tiepsuc.lockAfterMs', '600000') })
  try {
    const page = await appPage(context)
    page.setDefaultTimeout(20_000)
    await enrols(page, office)
    await fills(page)
    await finalisesOffline(page, office)
    await isAnswered(page, context, browser, office)
  } finally {
    await closeQuietly(context)
    await office.remove()
    rmSync(profile, { recursive: true, force: true })
  }
})

test('one citizen and her card', async () => {
  clears('tablet', (picture) => picture >= ofVisit && picture < ofPapers)
  const office = await anOfficeRun()
  const profile = mkdtempSync(join(tmpdir(), 'tiepsuc-pictures-'))
  const camera = join(profile, 'camera.y4m')
  writeCardVideo(camera, cardOfTheVisit)
  const context = await launchProfile(join(profile, 'browser'), { args: ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${camera}`] })
  await context.addInitScript(() => { localStorage.setItem('tiepsuc.lockAfterMs', '600000') })
  try {
    await context.grantPermissions(['camera'], { origin: office.origin })
    const page = await appPage(context)
    page.setDefaultTimeout(20_000)
    await joins(page, office.links())
    await isScanned(page)
    await findsWhatToDo(page)
    await certifiesCopies(page)
  } finally {
    await closeQuietly(context)
    await office.remove()
    rmSync(profile, { recursive: true, force: true })
  }
})

test('papers, a form that changed, a damaged storage', async ({ browser }) => {
  clears('tablet', (picture) => picture >= ofPapers)
  clears('desk', (picture) => picture >= ofDeskPhotos)
  const profile = mkdtempSync(join(tmpdir(), 'tiepsuc-pictures-'))
  const procedures = join(profile, 'procedures')
  cpSync('procedures', procedures, { recursive: true })
  const office = await anOfficeRun([], { PROCEDURES_DIR: procedures })
  const context = await launchProfile(join(profile, 'browser'))
  await context.addInitScript(() => { localStorage.setItem('tiepsuc.lockAfterMs', '600000') })
  try {
    const page = await appPage(context)
    page.setDefaultTimeout(20_000)
    await joins(page, office.links())
    await isReadyForOffline(page)
    await unlocks(page)
    await asksBefore(page)
    const draft = await photographsPapers(page)
    await isOfferedNewerForm(page, office, procedures, draft)
    await officerLooksAtPhotos(browser, office, await carriesAndPrints(page, office))
    await wasDamaged(page)
  } finally {
    await closeQuietly(context)
    await office.remove()
    rmSync(profile, { recursive: true, force: true })
  }
})

test('the rare days of a tablet', async () => {
  clears('tablet', (picture) => picture >= ofRareDays && picture < ofVisit)
  const web = aWebFolder()
  const office = await anOfficeRun([], { WEB_DIR: web })
  const profile = mkdtempSync(join(tmpdir(), 'tiepsuc-pictures-'))
  const context = await launchProfile(profile)
  await context.addInitScript(() => { localStorage.setItem('tiepsuc.lockAfterMs', '600000') })
  try {
    const page = await appPage(context)
    page.setDefaultTimeout(20_000)
    await joins(page, office.links())
    await isReadyForOffline(page)
    await unlocks(page)
    await hasTwoWindows(page, context, office)
    await isOfferedUpdate(page, web)
    await isFull(page)
    await hasTroubles(page, office)
    await isRevoked(page, context, office)
    await hasOldKeys(page)
    await hasHundreds(page)
  } finally {
    await closeQuietly(context)
    await office.remove()
    for (const made of [web, profile]) rmSync(made, { recursive: true, force: true })
  }
})

test('the desk', async ({ browser }) => {
  clears('desk', (picture) => picture < ofDeskPhotos)
  const office = await anOfficeRun(['--demo'])
  const page = await (await browser.newContext({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', serviceWorkers: 'block' })).newPage()
  page.setDefaultTimeout(20_000)
  try {
    await signsIn(page, office)
    await looksAtLists(page, office)
    const strange = await makesStrangeCases(page, office)
    await looksAtStrangeCases(page, office, strange)
    await looksAtImports(page, office, strange)
    await looksAtPeople(page, browser, office)
    await looksAtCase(page, office)
  } finally {
    await page.context().close()
    await office.remove()
  }
})

test('the desk on its first morning', async ({ browser }) => {
  const office = await anOfficeRun()
  const page = await (await browser.newContext({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', serviceWorkers: 'block' })).newPage()
  try {
    await makesFirstAccount(page, office.links().officer)
    await looksAtEmptyInbox(page)
  } finally {
    await page.context().close()
    await office.remove()
  }
})

test('the picture of the README', async ({ page }) => {
  await composesReadme(page)
})

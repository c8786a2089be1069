/** Looks at a page as somebody who cannot see it, or not well: axe with all its rules in light, its contrast again in dark. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Fails, at the end of the test, with rule and target of every violation; so one run tells all of them. */
export async function expectNoViolations(page: Page, name: string): Promise<void> {
  await expect(page.locator('main h1').first()).toBeVisible()
  await comesToRest(page)
  const light = await ground(page)
  await reports(await looksWith(page).analyze(), name)
  await page.emulateMedia({ colorScheme: 'dark' })
  await comesToRest(page)
  // A page that stays as it was would make the second look worth nothing.
  expect(await ground(page), `${name} turns dark`).not.toBe(light)
  await reports(await looksWith(page).withRules(['color-contrast', 'link-in-text-block']).analyze(), `${name}, dark`)
  await page.emulateMedia({ colorScheme: 'light' })
}

/** No page has a frame, so axe need not open a second page to put frames together: a third of the time. */
const looksWith = (page: Page): AxeBuilder => new AxeBuilder({ page }).setLegacyMode(true)

async function reports({ violations }: Awaited<ReturnType<AxeBuilder['analyze']>>, name: string): Promise<void> {
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`))
  expect.soft(found, name).toEqual([])
}

/** Colours in the middle of a transition belong to no state. */
async function comesToRest(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish()
  })
}

const ground = (page: Page): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)

/**
 * Takes one screen six times, in both languages and three widths. The language is changed by its own button, as a person
 * would. Pages longer than a few screens are cut, so that the pictures stay small enough for a repository.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { withFewColours } from './palette.ts'

export const folder = join(import.meta.dirname, '..', '..', 'docs', 'pictures')
const sizes = [
  { width: 360, height: 740 },
  { width: 820, height: 1100 },
  { width: 1280, height: 800 },
]
const longest = 2

export interface Shot {
  /** Only what the window shows, from where the page is scrolled to. */
  readonly window?: boolean
  readonly scrolledTo?: string
  /** A dialog lies over the button that changes the language, or one language says enough. */
  readonly only?: 'vi'
}

export async function pictures(page: Page, where: 'tablet' | 'desk', name: string, { window = false, scrolledTo, only }: Shot = {}): Promise<void> {
  for (const language of only === undefined ? (['vi', 'en'] as const) : [only]) {
    await speaks(page, language)
    for (const { width, height } of sizes) {
      await page.setViewportSize({ width, height })
      // A window as long as the page: what sticks to its foot then lies at the foot, and nowhere across the middle.
      if (!window && scrolledTo === undefined) await page.setViewportSize({ width, height: await lengthOf(page, height) })
      if (scrolledTo !== undefined) await page.locator(scrolledTo).first().evaluate((element) => { element.scrollIntoView() })
      const path = join(folder, where, language, String(width), `${name}.png`)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, withFewColours(await page.screenshot({ animations: 'disabled' })))
    }
  }
  if (only === undefined) await speaks(page, 'vi')
}

async function lengthOf(page: Page, height: number): Promise<number> {
  const whole = await page.evaluate(() => document.documentElement.scrollHeight)
  return Math.min(whole, longest * height)
}

async function speaks(page: Page, language: 'vi' | 'en'): Promise<void> {
  if ((await page.locator('html').getAttribute('lang')) !== language) {
    await page.getByRole('button', { name: language === 'en' ? 'English' : 'Tiếng Việt' }).first().click()
  }
  await expect(page.locator('html')).toHaveAttribute('lang', language)
  // Nothing is pictured as if a pointer lay on it.
  await page.mouse.move(0, 0)
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../support/treeCopy.ts'

/** Files below a folder that name a text of an area, such as `'desk.inbox.title'`. */
function naming(folder: string, area: 'tablet' | 'desk'): string[] {
  const sources = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:ts|vue)$/.test(name))
  return sources.filter((name) => new RegExp(`['"\`]${area}\\.\\w`).test(readFileSync(join(ROOT, folder, name), 'utf8')))
}

describe('the words of an area', () => {
  it('are named by its own pages', () => {
    expect(naming('src', 'tablet')).toContain('pages/HomePage.vue')
    expect(naming('desk', 'desk')).toContain('App.vue')
  })

  it('are named nowhere else, where they would show as their own key', () => {
    expect(naming('src', 'desk')).toEqual([])
    expect(naming('desk', 'tablet')).toEqual([])
  })
})

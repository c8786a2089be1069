import { afterEach, describe, expect, it } from 'vitest'
import { precacheList, releaseName } from '../../scripts/serviceWorkerPlugin.ts'
import { copyTree, type TreeCopy } from '../support/treeCopy.ts'

const OPTIONS = { page: 'index.html', never: ['desk.html'], out: 'sw.js', maxFileBytes: 1000 }

let copies: TreeCopy[] = []

function aSite(files: Readonly<Record<string, string>>): string {
  const copy = copyTree([])
  copies.push(copy)
  for (const [path, text] of Object.entries(files)) copy.plant(`web/${path}`, text)
  return `${copy.root}/web`
}

const urls = (site: string, options = OPTIONS): string[] => precacheList(site, options).map(({ url }) => url)

describe('what the worker keeps', () => {
  afterEach(() => {
    for (const copy of copies) copy.remove()
    copies = []
  })

  it('is what the page mentions, and what that mentions in turn', () => {
    const site = aSite({
      'index.html': '<link rel="manifest" href="/manifest.webmanifest"><script src="/assets/tablet-aaaaaaaa.js"></script>',
      'manifest.webmanifest': '{"icons":[{"src":"/icons/192.png"}]}',
      'icons/192.png': 'icon',
      'assets/tablet-aaaaaaaa.js': 'import("./late-bbbbbbbb.js");new Worker("/assets/argon2.worker-cccccccc.js")',
      'assets/late-bbbbbbbb.js': '1',
      'assets/argon2.worker-cccccccc.js': '2',
      'robots.txt': 'nobody asks for this offline',
    })

    expect(urls(site)).toEqual(['assets/argon2.worker-cccccccc.js', 'assets/late-bbbbbbbb.js', 'assets/tablet-aaaaaaaa.js', 'icons/192.png', 'index.html', 'manifest.webmanifest'])
  })

  it('is nothing that only the desk mentions, and never the desk itself', () => {
    const site = aSite({
      'index.html': '<a href="/desk.html"></a><script src="/assets/tablet-aaaaaaaa.js"></script>',
      'desk.html': '<script src="/assets/desk-dddddddd.js"></script>',
      'assets/tablet-aaaaaaaa.js': '1',
      'assets/desk-dddddddd.js': 'import("./inbox-eeeeeeee.js")',
      'assets/inbox-eeeeeeee.js': '2',
    })

    expect(urls(site)).toEqual(['assets/tablet-aaaaaaaa.js', 'index.html'])
  })

  it('is of the fonts only the Vietnamese and Latin woff2', () => {
    const site = aSite({
      'index.html': '<link rel="stylesheet" href="/assets/tablet-aaaaaaaa.css">',
      'assets/tablet-aaaaaaaa.css':
        'url(/assets/pro-vietnamese-400-normal-bbbbbbbb.woff2)url(/assets/pro-latin-400-normal-cccccccc.woff2)url(/assets/pro-latin-ext-400-normal-dddddddd.woff2)url(/assets/pro-latin-400-normal-eeeeeeee.woff)',
      'assets/pro-vietnamese-400-normal-bbbbbbbb.woff2': '1',
      'assets/pro-latin-400-normal-cccccccc.woff2': '2',
      'assets/pro-latin-ext-400-normal-dddddddd.woff2': '3',
      'assets/pro-latin-400-normal-eeeeeeee.woff': '4',
    })

    expect(urls(site)).toEqual(['assets/pro-latin-400-normal-cccccccc.woff2', 'assets/pro-vietnamese-400-normal-bbbbbbbb.woff2', 'assets/tablet-aaaaaaaa.css', 'index.html'])
  })

  it('has a revision where the name carries no hash, and another one when the bytes change', () => {
    const [before] = precacheList(aSite({ 'index.html': 'one' }), OPTIONS)
    const [after] = precacheList(aSite({ 'index.html': 'two' }), OPTIONS)

    expect(before?.revision).toMatch(/^[\da-f]{16}$/)
    expect(after?.revision).not.toBe(before?.revision)
    expect(precacheList(aSite({ 'index.html': '/assets/a-aaaaaaaa.js', 'assets/a-aaaaaaaa.js': '1' }), OPTIONS)[0]).toEqual({
      url: 'assets/a-aaaaaaaa.js',
      revision: null,
      integrity: 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=',
    })
  })

  it('makes another release of any other byte, also under the same name', () => {
    const [one, other] = ['1', '2'].map((bytes) => precacheList(aSite({ 'index.html': '/assets/a-aaaaaaaa.js', 'assets/a-aaaaaaaa.js': bytes }), OPTIONS))

    expect(releaseName(one ?? [])).toMatch(/^[\da-f]{16}$/)
    expect(releaseName(other ?? [])).not.toBe(releaseName(one ?? []))
  })

  it('is refused when one file is too large for a tablet on a village network', () => {
    const site = aSite({ 'index.html': 'x'.repeat(1001) })

    expect(() => urls(site)).toThrow('precache: index.html has 1001 bytes, the cap is 1000')
  })
})

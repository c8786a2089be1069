import { describe, expect, it } from 'vitest'
import { pageCounts, pagesOf, partNames, withoutPage, withPage, withPageReplaced, type Attachment } from '../../../../core/application/attachment.ts'

const page = (id: string, document = 'giayChungSinh'): Attachment => ({
  ...{ id, document, order: 1, mediaType: 'image/jpeg', widthPx: 10, heightPx: 10, sizeBytes: 10, key: 'k', parts: [`part of ${id}`] },
})
const three = [page('a'), page('b'), page('c')].reduce<readonly Attachment[]>(withPage, [page('other', 'toKhai')])
const order = (list: readonly Attachment[]): string[] => pagesOf(list, 'giayChungSinh').map(({ id, order: place }) => `${place} ${id}`)

describe('the pages of a paper', () => {
  it('are numbered as they come, each paper by itself', () => {
    expect(order(three)).toEqual(['1 a', '2 b', '3 c'])
    expect(pageCounts(three)).toEqual({ toKhai: 1, giayChungSinh: 3 })
  })

  it('move up when one before them is removed', () => {
    expect(order(withoutPage(three, 'b'))).toEqual(['1 a', '2 c'])
    expect(order(withoutPage(three, 'nobody'))).toEqual(['1 a', '2 b', '3 c'])
  })

  it('keep their place when one is taken again', () => {
    expect(order(withPageReplaced(three, 'b', page('better', 'whatever')))).toEqual(['1 a', '2 better', '3 c'])
  })

  it('announce their parts in the order of the list', () => {
    expect(partNames(three)).toEqual(['part of other', 'part of a', 'part of b', 'part of c'])
  })
})

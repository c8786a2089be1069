/** Photos of a case as they are shown: paper by paper in the order of the published list, each paper's pages in order. */
import type { CasePhoto } from '../../core/wire/desk.ts'

export interface PaperPhotos {
  readonly id: string
  readonly name: string
  readonly photos: readonly CasePhoto[]
}

/** Photos of a paper that the list does not have (an unknown pack, another version) come last, under `otherName`. */
export function photosByPaper(
  photos: readonly CasePhoto[],
  published: readonly { readonly id: string; readonly name: string }[],
  otherName: string,
): readonly PaperPhotos[] {
  const listed = new Map(published.map(({ id, name }) => [id, name]))
  const foreign = [...new Set(photos.map(({ document }) => document))].filter((id) => !listed.has(id))
  const papers = [...published, ...foreign.map((id) => ({ id, name: otherName }))]
  return papers.flatMap(({ id, name }) => {
    const pages = photos.filter(({ document }) => document === id).sort((one, other) => one.order - other.order)
    return pages.length === 0 ? [] : [{ id, name, photos: pages }]
  })
}

/** Words around the photos of a case. */
import { plural } from '../plural.ts'
import type { deskPhotos as words } from '../vi/deskPhotos.ts'

export const deskPhotos: typeof words = {
  photos: {
    title: 'Photos of papers',
    photographed: 'Photographed',
    onTheWay: plural({ one: '{n} photo is on its way.', other: '{n} photos are on their way.' }),
    coming: 'On its way',
    page: 'Page {page}',
    pageOf: '{paper}, page {page} of {pages}',
    open: 'Enlarge: {paper}, page {page}',
    previous: 'Previous page',
    next: 'Next page',
    larger: 'Larger',
    smaller: 'Smaller',
    cannotShow: 'This photo cannot be opened. Reload the page, or ask the volunteer to take it again.',
    check: 'Photos are for looking ahead. Compare them with the originals when the citizen comes.',
    otherPaper: 'Other paper',
  },
}

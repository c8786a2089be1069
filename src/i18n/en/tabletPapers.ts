/** Words around photos of papers on the tablet: taking, looking, taking again, and why a file is not taken. */
import { plural } from '../plural.ts'
import type { tabletPapers as words } from '../vi/tabletPapers.ts'

export const tabletPapers: typeof words = {
  photos: {
    pages: plural({ one: '{n} page photographed', other: '{n} pages photographed' }),
    none: 'Not photographed yet',
    take: 'Take a photo',
    takeMore: 'Add a page',
    choose: 'Choose an image file',
    of: '{act}: {paper}',
    page: 'Page {page}',
    open: 'Look at page {page}: {paper}',
    title: '{paper}, page {page} of {pages}',
    retake: 'Take again',
    remove: 'Remove this page',
    previous: 'Previous page',
    next: 'Next page',
    preparing: 'Shrinking and encrypting the photo…',
    saved: 'The photo is saved on this tablet, encrypted.',
    removed: 'One page removed.',
    loading: 'Opening the photo…',
    legible: 'Check that the words can be read. If it is blurred or dark, take it again.',
    notTaken: 'This photo was not taken',
    hint: {
      dark: 'This photo is rather dark. Check that the words can be read; take it again where there is more light if needed.',
      blurred: 'This photo may be blurred. Check that the words can be read; hold still and take it again if needed.',
    },
    trouble: {
      empty: 'This file is empty. Take the photo again or choose another file.',
      heic: 'This is an iPhone HEIC photo, which this tablet cannot open. Take it with this tablet, or convert it to JPEG.',
      svg: 'This file is an SVG drawing, not a photo. Photograph the paper with this tablet.',
      html: 'This file is a web page, not a photo. Photograph the paper with this tablet.',
      pdf: 'This file is a PDF, not a photo. Photograph each page with this tablet.',
      gif: 'This file is a GIF animation. Photograph the paper with this tablet.',
      notPhoto: 'This file is not a JPEG, PNG or WebP photo. Photograph the paper with this tablet.',
      truncated: 'This photo is cut off at its end. Take it again or copy the file again.',
      tooLargeFile: 'This file is larger than 40 MB. Take the photo again at a smaller size.',
      tooManyPixels: 'This photo has too many pixels for this tablet. Take it again at a smaller size.',
      tooSmall: 'This picture is too small to read. Take it again from nearer.',
      cannotDecode: 'This tablet cannot open the photo. Take it again.',
      tooSlow: 'Opening this photo took too long and was stopped. Take it again at a smaller size.',
      tooManyPages: 'This paper has as many pages as can be taken. Remove a page that is not needed.',
      unreadable: 'This file cannot be read. Take the photo again or choose it again.',
    },
  },
}

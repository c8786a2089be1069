/** Words for finding a procedure, and for one that has no form on the tablet yet. */
import { plural } from '../plural.ts'
import type { tabletSearch as vietnamese } from '../vi/tabletSearch.ts'

export const tabletSearch: typeof vietnamese = {
  find: {
    sector: 'Sector',
    allSectors: 'All sectors',
    looking: 'Looking…',
    inSector: plural({ one: '{n} procedure in this sector', other: '{n} procedures in this sector' }),
    whole: plural({ one: 'See {n} procedure', other: 'See all {n} procedures' }),
    more: plural({ one: 'See {n} more procedure', other: 'See {n} more procedures' }),
    hasForm: 'Form on this tablet',
    guideOnly: 'Guidance only',
    nothingTitle: 'No such procedure was found',
    nothingLine: 'Try one of these:',
    nothingFewer: 'Type fewer words, only the main ones, such as “khai sinh”, “single”, “open a shop”.',
    nothingSector: 'Choose a sector and look at each procedure.',
    nothingAsk: 'Ask the officer at the help desk. Do not take a procedure that is only similar.',
    showAll: 'See all procedures',
  },
  guide: {
    title: 'About the procedure',
    noForm: 'This tablet has no form for this procedure yet',
    noFormLine: 'Bring the papers below to the place named. An officer will help with the form.',
    unconfirmed: 'Not confirmed',
    unconfirmedLine: 'No officer has confirmed this. Please ask the help desk or look at the notice board before going.',
    bring: 'Papers to bring',
    bringUnknown: 'This tablet has no published list of papers for this procedure. Please ask the help desk before preparing any.',
    where: 'Where to go',
    time: 'Time',
    fee: 'Expected fee',
    unknown: 'Not known; please ask the help desk.',
    note: 'Good to know',
    form: 'Open the form',
    gone: 'The catalogue on this tablet does not have this procedure',
  },
}

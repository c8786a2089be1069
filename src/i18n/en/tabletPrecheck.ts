/** Words of the pre-check: a few questions before anything is filled in. */
import { plural } from '../plural.ts'
import type { tabletPrecheck as vietnamese } from '../vi/tabletPrecheck.ts'

export const tabletPrecheck: typeof vietnamese = {
  precheck: {
    title: 'What will be needed',
    link: 'Check first: what to bring, what it costs, who must come',
    lead: 'A few questions tell exactly which papers to bring. Nothing is stored on the tablet.',
    questions: plural({ one: '{n} question', other: '{n} questions' }),
    noQuestions: 'This procedure has no questions to ask first. Below is the whole list; some papers are needed only in some cases.',
    unanswered: plural({ one: '{n} question is not answered yet: the list below may change.', other: '{n} questions are not answered yet: the list below may change.' }),
    papers: 'Papers to bring',
    noPapers: 'No papers are needed.',
    dependsOn: 'Depends on what the form asks: {names}',
    oneRow: 'For one {row}; with more, look at each.',
    perhaps: 'needed only in some cases',
    database: 'Only when the database has no answer',
    fee: 'Expected fee',
    who: 'Who must come',
    whoUnknown: 'The procedure does not say who must come. The person who applies should.',
    when: 'When the result comes',
    whenLine: 'If everything is handed in today: expected {date}.',
    verified: 'When something must be verified: expected {date}.',
    share: 'Take the list along as a QR code',
    qr: 'QR code with the list of papers',
    qrLine: 'Scan it with a phone to keep the list. The code holds words only, nothing about anybody.',
    print: 'Print the list',
  },
}

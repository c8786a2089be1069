/** Readers of procedures and answers. A pack is signed by the office, and still nobody may fall over one. */
import { parseAnswers } from '../../../../core/procedure/answers.ts'
import { parseCalendar } from '../../../../core/procedure/calendar.ts'
import { parseCatalogue } from '../../../../core/procedure/catalogue.ts'
import { parsePack } from '../../../../core/procedure/pack.ts'
import { readPublished } from '../../../../core/procedure/published.ts'
import { validate } from '../../../../core/procedure/validate.ts'
import { readVisit } from '../../../../core/procedure/visit.ts'
import { birthPack, birthTexts } from '../../../support/packs.ts'
import { parseTexts } from '../../../../core/procedure/texts.ts'
import { answersFiles, calendarFile, catalogueFile, packFiles, textFiles, type Goldens } from './goldens.ts'
import { ofJsonText, ofValue, parsed, type Target } from './target.ts'

const rules = { today: '2026-11-24' }
const nowMs = Date.parse('2026-11-24T03:00:00.000Z')

export function procedureTargets({ about }: Goldens): Target[] {
  const pack = birthPack()
  const packs = packFiles()
  const visit = { startedAt: '2026-11-24T02:00:00.000Z', papers: [], facts: { 'self.fullName': { value: 'TRẦN THỊ BÉ', origin: 'card' } }, applications: [about.id] }
  const judge = (input: unknown): unknown => {
    const read = parseAnswers(input)
    return read.ok ? validate(pack, read.value, rules) : read
  }
  return [
    ofValue('pack', packs, parsePack),
    ofJsonText('pack, as text', packs, (text) => parsePack(parsed(text))),
    ofValue('published pack', packs, (content) => readPublished(content, { vi: birthTexts('vi') })),
    ofValue('texts of a pack', textFiles(), (input) => parseTexts(input, pack)),
    ofValue('answers', answersFiles(), parseAnswers),
    ofValue('answers, judged', answersFiles(), judge),
    ofValue('calendar', [calendarFile()], parseCalendar),
    ofValue('catalogue', [catalogueFile()], parseCatalogue),
    ofValue('visit', [visit], (kept) => readVisit(kept, nowMs)),
  ]
}

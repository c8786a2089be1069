/** What of a card is taken over: rows to tick, and the facts that the ticked rows and the choices beside them make. Pure. */
import { defaultIssuer, type CardDocType, type CardFacts, type CardFinding, type CardReading } from '../../../core/identity/cardQr.ts'
import { withWard } from '../../../core/identity/formerUnits.ts'
import { readPersonalNumber } from '../../../core/identity/personalNumber.ts'

/** One tick each. The number of the document is the personal number; kind and issuer go together. */
export type CardRow = 'pid' | 'fullName' | 'birthDate' | 'sex' | 'address' | 'docType' | 'docDate' | 'oldNumber'

const order: readonly CardRow[] = ['pid', 'fullName', 'birthDate', 'sex', 'address', 'docType', 'docDate', 'oldNumber']

/** What a volunteer may change before anything is filled. */
export interface CardChoice {
  readonly rows: readonly CardRow[]
  readonly docType: CardDocType
  readonly docIssuer: string
  /** '' while nothing was chosen, or nothing is to be chosen. */
  readonly wardCode: string
}

/** The rows that a reading can fill, in the order of the card. */
export const rowsOf = ({ facts }: CardReading): readonly CardRow[] => order.filter((row) => facts[row] !== undefined)

export function firstChoice(reading: CardReading): CardChoice {
  const docType = reading.facts.docType ?? 'cccd'
  return { rows: rowsOf(reading), docType, docIssuer: defaultIssuer(docType), wardCode: '' }
}

/** Names of issuers printed on cards of this kind, the usual one first. */
export const issuersOf = (docType: CardDocType): readonly string[] =>
  docType === 'canCuoc' ? [defaultIssuer(docType)] : [defaultIssuer(docType), 'Cục Cảnh sát đăng ký quản lý cư trú và dữ liệu quốc gia về dân cư']

/** Exactly what was ticked, nothing else of the card. */
export function chosenFacts({ facts }: CardReading, choice: CardChoice): CardFacts {
  const { address } = facts
  const taken = (row: CardRow): boolean => choice.rows.includes(row)
  return {
    ...(taken('pid') && facts.pid !== undefined && { pid: facts.pid, docNo: facts.pid }),
    ...(taken('fullName') && facts.fullName !== undefined && { fullName: facts.fullName }),
    ...(taken('birthDate') && facts.birthDate !== undefined && { birthDate: facts.birthDate }),
    ...(taken('sex') && facts.sex !== undefined && { sex: facts.sex }),
    ...(taken('address') && address !== undefined && { address: choice.wardCode === '' ? address : withWard(address, choice.wardCode) }),
    ...(taken('docType') && { docType: choice.docType, docIssuer: choice.docIssuer }),
    ...(taken('docDate') && facts.docDate !== undefined && { docDate: facts.docDate }),
    ...(taken('oldNumber') && facts.oldNumber !== undefined && { oldNumber: facts.oldNumber }),
  }
}

/** The row that a warning is about; null when it is about the card as a whole. */
export function rowOfFinding(finding: CardFinding): CardRow | null {
  if (finding === 'province' || finding === 'century') return 'pid'
  if (finding === 'birthYear' || finding === 'birthFuture') return 'birthDate'
  if (finding === 'issueFuture' || finding === 'issueBeforeBirth') return 'docDate'
  if (finding === 'sex') return 'sex'
  return finding === 'keyboard' || finding === 'lookAlike' || finding === 'lettersLost' ? 'fullName' : null
}

/** The two birth years that disagree, to be shown side by side. */
export const birthYears = ({ facts }: CardReading): { readonly number: string; readonly card: string } => ({
  number: String(readPersonalNumber(facts.pid ?? '')?.birthYear ?? ''),
  card: (facts.birthDate ?? '').slice(0, 4),
})

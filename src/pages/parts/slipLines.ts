/**
 * What the assistance slip says (vietnam.md 2.3), in one language: what was filled in and when, papers still to bring, who
 * must come, where and when to go, the expected fee. From the casebook's row where there is one; of an application of
 * another volunteer only what the outbox knows. No word about the citizen.
 */
import type { Slip } from '../../../core/application/slip.ts'
import { packOf, type PackRef } from '../../../core/ids.ts'
import type { Counter } from '../../../core/procedure/counter.ts'
import type { Texts as PackTexts } from '../../../core/procedure/texts.ts'
import type { Locale } from '../../i18n/formats.ts'
import type { Texts } from '../../i18n/texts.ts'
import type { Procedure } from '../../stores/procedures.ts'
import { amountText } from './feeText.ts'

export interface Slipped {
  readonly localCode: string
  readonly pack: PackRef
  readonly finalisedAt: string
  readonly slip: Slip | null
}

export interface SlipPart {
  readonly id: 'procedure' | 'date' | 'bring' | 'again' | 'signed' | 'who' | 'where' | 'when' | 'time' | 'phone' | 'fee'
  readonly label: string
  readonly lines: readonly string[]
}

/** The blank to be filled in by hand. */
export const blank = '................................'

/** The parts of a slip in the language of `texts`. `procedure` is null when its pack is not on this tablet any more. */
export function slipParts(of: Slipped, procedure: Procedure | null, counter: Counter, office: string, texts: Texts): readonly SlipPart[] {
  const { t, formatDate } = texts
  const pack = procedure?.texts[localeOf(texts)]
  const { code } = packOf(of.pack)
  const who = of.slip?.presence.flatMap((id) => pack?.presence?.[id] ?? []) ?? []
  const again = paperLines(of.slip?.again ?? [], pack)
  const parts: readonly SlipPart[] = [
    { id: 'procedure', label: t('tablet.slip.procedure'), lines: [pack === undefined ? code : `${pack.name} (${code})`] },
    { id: 'date', label: t('tablet.slip.date'), lines: [formatDate(of.finalisedAt)] },
    { id: 'bring', label: t('tablet.slip.bring'), lines: bringLines(of.slip, pack, texts) },
    { id: 'again', label: t('tablet.slip.again'), lines: again },
    { id: 'signed', label: t('tablet.slip.signed'), lines: paperLines(of.slip?.signed ?? [], pack) },
    { id: 'who', label: t('tablet.slip.who'), lines: who },
    { id: 'where', label: t('tablet.slip.where'), lines: placeLines(procedure, pack, counter, office) },
    { id: 'when', label: t('tablet.slip.when'), lines: [counter.hours ?? t('tablet.slip.whenUnknown')] },
    { id: 'time', label: t('tablet.slip.time'), lines: pack === undefined ? [] : [pack.deadline] },
    { id: 'phone', label: t('tablet.slip.phone'), lines: [counter.phone ?? blank] },
    { id: 'fee', label: t('tablet.slip.fee'), lines: feeLines(of.slip, pack, texts) },
  ]
  return parts.filter(({ lines }) => lines.length > 0)
}

const localeOf = ({ locale }: Texts): Locale => locale.value

function paperLines(ids: readonly string[], pack: PackTexts | undefined): readonly string[] {
  return ids.flatMap((id) => pack?.documents[id]?.name ?? [])
}

function bringLines(slip: Slip | null, pack: PackTexts | undefined, { t }: Texts): readonly string[] {
  if (slip === null || pack === undefined) return [t('tablet.slip.bringUnknown')]
  const lines = paperLines(slip.bring, pack)
  return lines.length > 0 ? lines : [t('tablet.slip.bringNone')]
}

function placeLines(procedure: Procedure | null, pack: PackTexts | undefined, { address }: Counter, office: string): readonly string[] {
  const reception = procedure === null ? undefined : pack?.agencies[procedure.pack.agency.reception]
  return [...(reception === undefined ? [] : [reception]), ...[office, address].filter((line) => line !== undefined && line !== '').map(String)]
}

function feeLines(slip: Slip | null, pack: PackTexts | undefined, texts: Texts): readonly string[] {
  const { t, formatMoney } = texts
  if (slip === null) return [blank]
  const { lines, total, known, confirmed } = slip.fee
  const named = lines.map((line) => `${pack?.feeLines[line.id] ?? line.id}: ${amountText(line, texts)}`)
  if (!known) return [...(total === 0 ? [] : named), t('tablet.fee.unknown'), t('tablet.pay.neverVolunteer')]
  const sum = total === 0 ? t('tablet.fee.free') : `${t('tablet.fee.total')}: ${formatMoney(total)}`
  return [...named, sum, ...(total === 0 || confirmed ? [] : [t('tablet.fee.unconfirmed')]), ...(total === 0 ? [] : [t('tablet.pay.neverVolunteer')])]
}

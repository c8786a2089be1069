/**
 * Settings of the counter: what slips print, and the account for fees. An account needs all four settings, and two
 * different persons who confirmed it; half an account is a sentence at the start and never a QR code on a tablet.
 */
import * as v from 'valibot'
import { counterShape, type Counter } from '../core/procedure/counter.ts'
import { fail, ok, type Result } from '../core/result.ts'

export const counterSettings = {
  OFFICE_PHONE: v.optional(v.string()),
  OFFICE_ADDRESS: v.optional(v.string()),
  OFFICE_HOURS: v.optional(v.string()),
  FEE_ACCOUNT_BIN: v.optional(v.string()),
  FEE_ACCOUNT_NUMBER: v.optional(v.string()),
  FEE_ACCOUNT_HOLDER: v.optional(v.string()),
  FEE_ACCOUNT_CONFIRMED_BY: v.optional(v.string()),
}

type Settings = { readonly [Name in keyof typeof counterSettings]?: string | undefined }

/** The counter in the settings, or the sentence that says what is wrong with them. */
export function counterOf(settings: Settings): Result<Counter, string> {
  const { FEE_ACCOUNT_BIN: bin, FEE_ACCOUNT_NUMBER: number, FEE_ACCOUNT_HOLDER: holder, FEE_ACCOUNT_CONFIRMED_BY: confirmed } = settings
  const account = [bin, number, holder, confirmed]
  if (account.some((text) => text !== undefined) && account.includes(undefined)) {
    return fail('FEE_ACCOUNT_BIN, FEE_ACCOUNT_NUMBER, FEE_ACCOUNT_HOLDER and FEE_ACCOUNT_CONFIRMED_BY must be set together.')
  }
  const given = {
    phone: settings.OFFICE_PHONE,
    address: settings.OFFICE_ADDRESS,
    hours: settings.OFFICE_HOURS,
    account: bin === undefined ? undefined : { bin: bin.trim(), number: number?.replace(/[\s.-]/g, ''), holder, confirmedBy: namesIn(confirmed ?? '') },
  }
  const parsed = v.safeParse(counterShape, Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)))
  if (parsed.success) return ok(parsed.output)
  const [issue] = parsed.issues
  return fail(`The settings of the counter are wrong (${v.getDotPath(issue) ?? 'account'}): ${issue.message}.`)
}

/** "Nguyễn Văn An, Trần Thị Bé" names two persons. */
const namesIn = (text: string): string[] => text.split(',').map((name) => name.trim()).filter((name) => name !== '')

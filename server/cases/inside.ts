/**
 * What an envelope says when it is opened: in memory, for the opener and for an officer who looks. Trouble inside is part
 * of the answer and never thrown. The same validation as on the tablet, under the same pack, for the day it was finalised.
 */
import { parseApplication, type Application } from '../../core/application/application.ts'
import type { DeviceId } from '../../core/ids.ts'
import { parseAnswers, type Answers } from '../../core/procedure/answers.ts'
import { localMoment } from '../../core/procedure/dates.ts'
import { problem, type Problem } from '../../core/procedure/problems.ts'
import { validate } from '../../core/procedure/validate.ts'
import { verifyBadge } from '../../core/sealing/badge.ts'
import { openSealed } from '../../core/sealing/open.ts'
import { headerParts } from '../intake/headerParts.ts'
import type { Office } from '../office.ts'
import type { ShelfPack } from '../packs/shelf.ts'
import type { Database, Tx } from '../postgres/database.ts'
import type { Tables } from '../postgres/tables.ts'

export type BadgeState = 'valid' | 'expired' | 'revoked' | 'otherDevice' | 'foreign'

export interface Badging {
  readonly name: string
  readonly number: string
  readonly state: BadgeState
}

export type Inside =
  | { readonly kind: 'unreadable'; readonly trouble: string }
  | {
      readonly kind: 'opened'
      readonly application: Application
      readonly answers: Answers
      /** Null when this office does not have the pack under which it was filled. */
      readonly pack: ShelfPack | null
      readonly problems: readonly Problem[]
      readonly badge: Badging
    }

export type EnvelopeRow = Pick<Tables['envelopes'], 'id' | 'device' | 'pack' | 'sealed' | 'header'>

/** Opens a stored envelope. */
export async function lookInside(office: Office, db: Database | Tx, row: EnvelopeRow): Promise<Inside> {
  const opened = await openSealed(row.sealed, office.keys.openingKeyOf)
  if (!opened.ok) return { kind: 'unreadable', trouble: opened.failure.why ?? 'sealed' }
  const parsed = parseApplication(opened.value)
  if (!parsed.ok) return { kind: 'unreadable', trouble: parsed.failure.why ?? 'shape' }
  const application = parsed.value
  const trouble = disagreement(application, row)
  if (trouble !== null) return { kind: 'unreadable', trouble }
  const badge = await judgeBadge(office, db, application.badge, row.device)
  const found = office.packs.find(application.pack)
  const pack = found?.digest === application.packDigest ? found : null
  const answers = parseAnswers(application.answers)
  if (!answers.ok) {
    return { kind: 'opened', application, answers: {}, pack, problems: [problem('', `answers.${answers.failure.why ?? 'shape'}`)], badge }
  }
  const today = localMoment(Date.parse(application.finalisedAt)).date
  const problems = pack === null ? [] : validate(pack.pack, answers.value, { today })
  return { kind: 'opened', application, answers: answers.value, pack, problems, badge }
}

/** Where the inside contradicts the outside, which was signed by the device. */
function disagreement({ id, pack, attachments }: Application, row: EnvelopeRow): string | null {
  if (id !== row.id) return 'id inside'
  if (pack !== row.pack) return 'pack inside'
  const inside = attachments.flatMap(({ parts }) => parts).join('\n')
  return inside === headerParts(row.header).join('\n') ? null : 'parts inside'
}

async function judgeBadge({ keys, clock }: Office, db: Database | Tx, statement: string, device: DeviceId): Promise<Badging> {
  const badge = await verifyBadge(statement, keys.keySet)
  if (badge === null) return { name: '', number: '', state: 'foreign' }
  const { name, number } = badge
  const volunteer = await db.selectFrom('volunteers').select('revoked_at').where('id', '=', badge.sub).executeTakeFirst()
  if (volunteer === undefined) return { name, number, state: 'foreign' }
  if (badge.cnf.jkt !== device) return { name, number, state: 'otherDevice' }
  if (volunteer.revoked_at !== null) return { name, number, state: 'revoked' }
  return { name, number, state: badge.exp * 1000 < clock.now() ? 'expired' : 'valid' }
}

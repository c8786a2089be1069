/**
 * The three one-time links that a new office prints: enrol this browser, the first badge, the first officer. Each is made
 * anew at every start until it has been used, and the one printed before loses its force. They live a day: whoever reads
 * this console owns the machine.
 */
import { join } from 'node:path'
import { rm } from 'node:fs/promises'
import { writeSecret } from '../keys/keyFiles.ts'
import type { Office } from '../office.ts'
import { badgeLink, enrolLink, firstOfficerLink } from '../people/links.ts'
import { makeTicket, type TicketKind } from '../people/tickets.ts'
import { makeVolunteer } from '../people/volunteers.ts'

export interface FirstLink {
  readonly link: string
  readonly code: string
}

export interface FirstLinks {
  readonly enrol: FirstLink | null
  readonly badge: FirstLink | null
  readonly officer: FirstLink | null
  readonly expiresAt: string
}

const lifeMs = 24 * 3_600_000
const firstVolunteerName = 'Tình nguyện viên 1'

/** Makes the links that are still of use, and writes them to `links.json` in the data folder, readable by its owner alone. */
export async function makeFirstLinks(office: Office): Promise<FirstLinks> {
  const { db, clock, config } = office
  const enrolled = await db.selectFrom('devices').select('id').where('demo', '=', false).where('state', '=', 'active').limit(1).executeTakeFirst()
  const badged = await db.selectFrom('badges').innerJoin('volunteers', 'volunteers.id', 'badges.volunteer').select('badges.ticket').where('volunteers.demo', '=', false).limit(1).executeTakeFirst()
  const links: FirstLinks = {
    enrol: enrolled === undefined ? await makeEnrol(office) : null,
    badge: badged === undefined ? await makeBadge(office) : null,
    officer: (await office.accounts.exist()) ? null : await makeOfficer(office),
    expiresAt: new Date(clock.now() + lifeMs).toISOString(),
  }
  const path = join(config.dataFolder, 'links.json')
  if (links.enrol === null && links.badge === null && links.officer === null) await rm(path, { force: true })
  else await writeSecret(path, `${JSON.stringify(fileOf(links), null, 2)}\n`)
  return links
}

/** `links.json`: the links by whom they are for, and the typed codes beside them; what is used up is left out. */
function fileOf({ enrol, badge, officer, expiresAt }: FirstLinks): object {
  const named = Object.entries({ tablet: enrol, badge, officer }).flatMap(([name, link]) => (link === null ? [] : [{ name, ...link }]))
  return {
    ...Object.fromEntries(named.map(({ name, link }) => [name, link])),
    codes: Object.fromEntries(named.map(({ name, code }) => [name, code])),
    expiresAt,
  }
}

async function makeEnrol(office: Office): Promise<FirstLink> {
  await endEarlier(office, 'enrol')
  const ticket = await makeTicket(office, { kind: 'enrol', confirmed: true, volunteer: null, lifeMs })
  return { link: enrolLink(office, ticket.secret), code: ticket.code }
}

async function makeBadge(office: Office): Promise<FirstLink> {
  const { db } = office
  const first = await db.selectFrom('volunteers').select('id').where('demo', '=', false).where('revoked_at', 'is', null).orderBy('number').limit(1).executeTakeFirst()
  const volunteer = first?.id ?? (await makeVolunteer(office, firstVolunteerName))
  const ticket = await makeTicket(office, { kind: 'badge', confirmed: true, volunteer, lifeMs })
  return { link: badgeLink(office, ticket.code), code: ticket.code }
}

async function makeOfficer(office: Office): Promise<FirstLink> {
  await endEarlier(office, 'officer')
  const ticket = await makeTicket(office, { kind: 'officer', confirmed: true, volunteer: null, lifeMs })
  return { link: firstOfficerLink(office, ticket.secret), code: ticket.code }
}

async function endEarlier({ db, clock }: Office, kind: TicketKind): Promise<void> {
  await db.updateTable('tickets').set({ expires_at: clock.now() - 1 }).where('kind', '=', kind).where('confirmed', '=', true).where('spent_at', 'is', null).execute()
}

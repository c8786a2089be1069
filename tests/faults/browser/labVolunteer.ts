/**
 * A volunteer at a tablet of the lab, who writes down what was asked for and what the tablet said was done. The judge believes
 * of a tablet only what it had said before it died.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { packRef } from '../../../core/ids.ts'
import { draftRowShape, itemRowShape, readRow, readRows, vaultRowShape, type ItemRow } from '../../../src/offline/rows.ts'
import { rowsOf } from '../../e2e/tabletDatabase.ts'
import { stuckAfterMs } from '../checker/checkHistory.ts'
import type { DraftEnding, DraftLine } from '../lab/draftHistory.ts'
import type { AtOffice, History, Line, OnTablet } from '../lab/history.ts'
import * as inPage from './inPage.ts'
import type { LabOffice } from './labOffice.ts'
import type { LabTablet } from './labTablet.ts'
import { within } from './within.ts'

const birth = packRef('1.001193', '1.0.0')
const passphrase = 'sóng biếc thuyền con neo bến cũ'
const stepMs = 30_000

/** A draft as the volunteer has it on the screen. */
export interface OnScreen extends inPage.OpenDraft {
  readonly photos: readonly inPage.Kept[]
}

/** An enrolment ticket and a badge code, each good for one use. */
export interface Tickets {
  readonly enrol: string
  readonly badge: string
}

export class LabVolunteer {
  readonly drafts: DraftLine[] = []
  readonly lines: Line[] = []
  private readonly tablet: LabTablet
  private readonly name: string
  private readonly startedAtMs = performance.now()
  private tickets: Tickets
  private saved = 0
  private told: inPage.Told = { findings: 0, drafts: 0 }

  constructor(tablet: LabTablet, name: string, tickets: Tickets) {
    this.tablet = tablet
    this.name = name
    this.tickets = tickets
  }

  get page(): Page {
    return this.tablet.page()
  }

  nowMs(): number {
    return performance.now() - this.startedAtMs
  }

  hit(kind: string): void {
    this.lines.push({ what: 'fault', kind, atMs: this.nowMs() })
  }

  /** An officer has given out new ones, for a tablet that lost its key or its volunteer. */
  mayNeedTickets(tickets: Tickets | null): void {
    if (tickets !== null) this.tickets = tickets
  }

  isDamaged(kind: string): void {
    this.hit(kind)
    this.drafts.push({ what: 'damaged' })
  }

  /** Starts the tablet and goes on wherever it stands: enrolled or not, with a vault or not. */
  async returns(): Promise<void> {
    await this.tablet.starts()
    await this.goesOn()
  }

  async goesOn(): Promise<void> {
    await this.step('enrol', inPage.enrols(this.page, this.tickets.enrol))
    await this.step('packs', inPage.waitsForPack(this.page, birth))
    const vault = readRow(vaultRowShape, (await this.rows('vaults'))[0])
    if (vault === null) await this.step('badge', inPage.takesBadge(this.page, this.tickets.badge, passphrase))
    else await this.step('unlock', inPage.unlocks(this.page, vault.id, passphrase))
  }

  /** Begins a draft, photographs, and saves; answers when the tablet has said that it is saved. */
  async begins(photoBytes: readonly number[] = []): Promise<OnScreen> {
    const begun = await this.step('start', inPage.startsDraft(this.page, birth))
    return this.goesOnWith({ ...begun, photos: [] }, photoBytes)
  }

  /** Photographs more papers and saves once more. */
  async goesOnWith(draft: OnScreen, photoBytes: readonly number[] = []): Promise<OnScreen> {
    const photos = [...draft.photos]
    for (const bytes of photoBytes) photos.push(await this.step('photo', inPage.keepsPhoto(this.page, bytes)))
    const name = `NGUYỄN THỊ THỬ ${this.name}.${(this.saved += 1)}`
    const mark = inPage.markOf({ name, photos })
    this.drafts.push({ what: 'saving', draft: draft.id, mark })
    const next = await this.step('save', inPage.saves(this.page, draft, { name, answers: rightAnswers(), photos }))
    this.drafts.push({ what: 'saved', draft: draft.id, mark })
    return { ...next, photos }
  }

  async finalises(draft: OnScreen): Promise<void> {
    this.drafts.push({ what: 'finalising', draft: draft.id })
    const digest = await this.step('finalise', inPage.finalises(this.page, draft))
    this.lines.push({ what: 'finalised', tablet: this.name, id: draft.id, digest, atMs: this.nowMs() })
  }

  /** Finalises every draft on the tablet, since what was saved must also be fit to be sent; answers those that it refuses. */
  async finalisesAll(): Promise<readonly string[]> {
    const refused: string[] = []
    for (const { id, version } of readRows(draftRowShape, await this.rows('drafts'))) {
      try {
        await this.finalises({ id, version, photos: [] })
      } catch (cause) {
        if (!(cause instanceof inPage.Refused)) throw cause
        refused.push(id)
      }
    }
    return refused
  }

  async discards(draft: OnScreen): Promise<void> {
    this.drafts.push({ what: 'discarding', draft: draft.id })
    await this.step('discard', inPage.discards(this.page, draft))
  }

  async items(): Promise<readonly ItemRow[]> {
    return readRows(itemRowShape, await this.rows('items'))
  }

  /** Presses "send now", which fetches the news as well. */
  sendsNow(): Promise<void> {
    return this.step('send', inPage.sendsNow(this.page))
  }

  /** Sets the clock of this page by so much; 0 puts it right. */
  setsClock(byMs: number): Promise<void> {
    return this.step('clock', inPage.setsClock(this.page, byMs))
  }

  /** From now until the page is gone the browser says that nearly all room is used. */
  hasNoRoom(): Promise<void> {
    return this.step('room', inPage.tellsNoRoom(this.page))
  }

  /** Presses "send now" and waits until everything has its outcome, or longer than it may take. */
  async waitsForOutcomes(): Promise<void> {
    this.lines.push({ what: 'healed', atMs: this.nowMs() })
    const untilMs = this.nowMs() + stuckAfterMs
    await this.sendsNow()
    while ((await this.items()).some(({ state }) => state !== 'complete') && this.nowMs() <= untilMs) await sleep(100)
  }

  /** What lies on the tablet and at the office now, as the judges read it. */
  async ending(office: Pick<LabOffice, 'holdings'>): Promise<{ readonly history: History; readonly drafts: DraftEnding }> {
    const rows = await this.items()
    const held = new Set((await this.rows('envelopes')).map(({ id }) => id))
    const drafts = await this.step('drafts', inPage.readDrafts(this.page))
    await this.hearsFindings()
    const there = await office.holdings()
    const tablets = rows.map(({ id, digest, state }) => ({ tablet: this.name, id, digest, state, held: held.has(id) }))
    const ids = new Set(rows.map(({ id }) => id as string))
    const isOurs = ({ id }: { readonly id: string }): boolean => ids.has(id) || this.lines.some((line) => line.what === 'finalised' && line.id === id)
    const atOffice = there.office.filter(isOurs)
    this.notes(tablets, atOffice)
    return {
      history: { lines: this.lines, ending: { tablets, office: atOffice, disputed: (there.disputed ?? []).filter(isOurs), atMs: this.nowMs() } },
      drafts: { drafts, items: rows.map(({ id }) => id) },
    }
  }

  /** What a person was told of damage since the last look. */
  private async hearsFindings(): Promise<void> {
    const before = this.told
    this.told = await this.step('findings', inPage.readTold(this.page))
    if (this.told.findings > 0 && this.told.findings !== before.findings) this.lines.push({ what: 'alarm', tablet: this.name, atMs: this.nowMs() })
    if (this.told.drafts > 0 && this.told.drafts !== before.drafts) this.drafts.push({ what: 'alarm' })
  }

  /** What can be seen to have happened since the last look. */
  private notes(tablets: readonly OnTablet[], office: readonly AtOffice[]): void {
    const atMs = this.nowMs()
    for (const { id, digest, whole } of office) if (whole) this.lines.push({ what: 'whole', id, digest, atMs })
    for (const { id, state, held, tablet } of tablets) {
      if (state !== 'queued') this.lines.push({ what: 'settled', tablet, id, state, atMs })
      if (!held) this.lines.push({ what: 'purged', tablet, id, covered: false, atMs })
    }
  }

  private rows(table: string): Promise<Record<string, unknown>[]> {
    return this.step(`reading ${table}`, rowsOf(this.page, table))
  }

  private step<T>(what: string, work: Promise<T>): Promise<T> {
    return within(stepMs, what, work)
  }
}

/** Answers that are right under the birth pack. */
function rightAnswers(): Record<string, unknown> {
  const file = join('procedures', '1.001193', '1.0.0', 'examples', 'married-parents-on-time.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { answers: Record<string, unknown> }).answers
}

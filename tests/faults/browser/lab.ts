/**
 * Rounds of the browser lab: a tablet works, something happens to it, it starts again on the same profile and may finish; then
 * the judges look at everything that this tablet ever said. A tablet lives through many rounds; one whose round did not end in
 * its time is replaced, so that nothing can hold up the rest.
 */
import { checkDrafts } from '../checker/checkDrafts.ts'
import { checkHistory, type Finding } from '../checker/checkHistory.ts'
import { chanceOf, type Chance } from '../lab/chance.ts'
import type { LabOffice } from './labOffice.ts'
import { aLabTablet, type LabTablet } from './labTablet.ts'
import { LabVolunteer } from './labVolunteer.ts'
import { within } from './within.ts'

export interface Round {
  readonly office: LabOffice
  readonly tablet: LabTablet
  readonly volunteer: LabVolunteer
}

/** What happens in a round; true when the fault was seen to hit. */
export type Work = (round: Round, chance: Chance) => Promise<boolean>

/** How one round ended. */
export interface RoundEnd {
  readonly what: string
  readonly isHit: boolean
  readonly findings: readonly Finding[]
  /** What went wrong in the round besides, such as a step that never ended. */
  readonly trouble: string | null
  readonly seconds: number
}

const roundMs = 180_000

export class Lab {
  readonly office: LabOffice
  readonly chance: Chance
  private readonly told = new Set<string>()
  private readonly sent = new Set<string>()
  private current: Round | null = null
  private tablets = 0

  constructor(office: LabOffice, seed: number) {
    this.office = office
    this.chance = chanceOf(seed)
  }

  /** Applications that were finalised in all rounds, whether the tablet lived to say so or not. */
  get submissions(): number {
    return this.sent.size
  }

  /** One round, which ends within its time whatever happens. `on` a tablet that nobody has enrolled yet, or the one that is there. */
  async round(what: string, on: 'new' | 'enrolled', work: Work): Promise<RoundEnd> {
    const startedAtMs = performance.now()
    const state = { isHit: false }
    const ended = (findings: readonly Finding[], trouble: string | null): RoundEnd => ({
      ...{ what, isHit: state.isHit, findings, trouble, seconds: (performance.now() - startedAtMs) / 1_000 },
    })
    try {
      return ended(await within(roundMs, what, this.plays(on, work, state)), null)
    } catch (cause) {
      // A round that came to nothing is no finding of a judge, and ends the run with 1 all the same.
      const trouble = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
      await this.replaces()
      return ended([], trouble)
    } finally {
      this.office.door.forgets()
      this.office.door.isRoadGood = true
    }
  }

  /** Puts the tablet away; the next round has another. */
  async replaces(): Promise<void> {
    const before = this.current
    this.current = null
    await before?.tablet.remove()
  }

  private async plays(on: 'new' | 'enrolled', work: Work, state: { isHit: boolean }): Promise<readonly Finding[]> {
    const round = on === 'new' ? await this.newTablet() : await this.enrolled()
    state.isHit = await work(round, this.chance)
    this.office.door.forgets()
    this.office.door.isRoadGood = true
    return this.judges(round)
  }

  /** Starts the tablet again, lets it finish, and asks the judges. */
  private async judges({ volunteer }: Round): Promise<readonly Finding[]> {
    await volunteer.returns()
    const before = await volunteer.ending(this.office)
    const findings = [...checkDrafts(volunteer.drafts, before.drafts)]
    const refused = (await volunteer.finalisesAll()).filter((id) => !findings.some((one) => one.id === id))
    findings.push(...refused.map((id) => ({ breach: 'stuck', id }) as const))
    await volunteer.waitsForOutcomes()
    const { history } = await volunteer.ending(this.office)
    for (const { id } of history.ending.tablets) this.sent.add(id)
    findings.push(...checkHistory(history))
    return findings.filter(({ breach, id }) => {
      const isNew = !this.told.has(`${breach} ${id}`)
      this.told.add(`${breach} ${id}`)
      return isNew
    })
  }

  private async enrolled(): Promise<Round> {
    if (this.current !== null) return this.current
    const round = await this.newTablet()
    await round.volunteer.returns()
    return round
  }

  private async newTablet(): Promise<Round> {
    await this.replaces()
    this.tablets += 1
    const tablet = aLabTablet(this.office.door.origin)
    await tablet.starts()
    const tickets = await this.office.ticket()
    if (tickets === null) throw new Error('the office gives no tickets')
    this.current = { office: this.office, tablet, volunteer: new LabVolunteer(tablet, `T${this.tablets}`, tickets) }
    return this.current
  }
}

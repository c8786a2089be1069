/**
 * Death at a crash point: a tablet walks until it stands there, is killed, starts again on the same profile, and may finish. Then
 * the judges look at everything that this tablet ever said. A tablet lives through many deaths; one that got stuck is replaced,
 * so that nothing can hold up the rest.
 */
import { chanceOf, type Chance } from '../lab/chance.ts'
import { checkDrafts } from '../checker/checkDrafts.ts'
import { checkHistory, type Finding } from '../checker/checkHistory.ts'
import type { CrashPoint } from '../../../src/offline/crashPoints.ts'
import type { LabOffice } from './labOffice.ts'
import { aLabTablet, type Death } from './labTablet.ts'
import { LabVolunteer, type OnScreen } from './labVolunteer.ts'
import { walks, type Round, type Walk } from './walks.ts'
import { within } from './within.ts'

/** How one round ended. */
export interface RoundEnd {
  readonly what: string
  /** False when the tablet never stood where it should have died. */
  readonly isHit: boolean
  readonly findings: readonly Finding[]
  /** What went wrong in the round besides, such as a step that never ended. */
  readonly trouble: string | null
  readonly seconds: number
}

const roundMs = 150_000
const comesByMs = 15_000

export class CrashLab {
  private readonly office: LabOffice
  private readonly chance: Chance
  private readonly told = new Set<string>()
  private current: Round | null = null
  private tablets = 0
  private readonly sent = new Set<string>()

  constructor(office: LabOffice, seed: number) {
    this.office = office
    this.chance = chanceOf(seed)
  }

  /** One death at one point. Whatever happens, it ends within its time. */
  async dies(point: CrashPoint, death: Death): Promise<RoundEnd> {
    const startedAtMs = performance.now()
    const what = `${point} ${death}`
    const walk = walks[point]
    const ended = (end: Pick<RoundEnd, 'isHit' | 'findings' | 'trouble'>): RoundEnd => ({ what, ...end, seconds: (performance.now() - startedAtMs) / 1_000 })
    const state = { isHit: false }
    try {
      const findings = await within(roundMs, what, this.round(point, death, walk, state))
      return ended({ isHit: state.isHit, findings, trouble: null })
    } catch (cause) {
      // A round that fails in itself says nothing for the product: it counts as found, and the tablet is replaced.
      const trouble = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
      await this.replaces()
      return ended({ isHit: state.isHit, findings: [{ breach: 'stuck', id: what }], trouble })
    } finally {
      this.office.door.forgets()
    }
  }

  /** Applications that were finalised in all rounds, whether the tablet lived to say so or not. */
  get submissions(): number {
    return this.sent.size
  }

  async close(): Promise<void> {
    await this.replaces()
  }

  private async round(point: CrashPoint, death: Death, { isNew, before, walk, upTo = 1 }: Walk, state: { isHit: boolean }): Promise<readonly Finding[]> {
    const round = isNew === true ? await this.newTablet() : await this.enrolled()
    const { volunteer, tablet } = round
    const draft = await before(round)
    const stands = this.office.door.liesInWait(point, 1 + this.chance.below(upTo)).then(() => 'stands' as const)
    const walking = walk(round, draft ?? nobody).then(
      () => 'done' as const,
      (cause: unknown) => cause,
    )
    const first = await Promise.race([stands, walking])
    state.isHit = first === 'stands' || (await within(comesByMs, point, stands).then(() => true, () => false))
    if (!state.isHit && first instanceof Error) throw first
    this.office.door.forgets()
    volunteer.hit(`${point} ${death}`)
    await tablet.dies(death)
    await walking
    return this.judges(round)
  }

  /** Starts the tablet again, lets it finish, and asks the judges. */
  private async judges({ volunteer }: Round): Promise<readonly Finding[]> {
    await volunteer.returns()
    const drafts = await volunteer.ending(this.office)
    const findings = [...checkDrafts(volunteer.drafts, drafts.drafts)]
    await volunteer.finalisesAll()
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
    const tablet = aLabTablet({ origin: this.office.door.origin })
    await tablet.starts()
    const tickets = await this.office.ticket()
    if (tickets === null) throw new Error('the office gives no tickets')
    this.current = { office: this.office, tablet, volunteer: new LabVolunteer(tablet, `T${this.tablets}`, tickets) }
    return this.current
  }

  private async replaces(): Promise<void> {
    const before = this.current
    this.current = null
    await before?.tablet.remove()
  }
}

/** For walks that need no draft. */
const nobody: OnScreen = { id: '' as OnScreen['id'], version: 0, photos: [] }

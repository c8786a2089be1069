/** How a run ends: all is well when every tablet has started on a good road; what is still open a minute later is stuck. */
import { setTimeout as sleep } from 'node:timers/promises'
import { stuckAfterMs } from '../checker/checkHistory.ts'
import type { History } from '../lab/history.ts'
import type { SwarmTablet } from './swarmTablet.ts'
import type { Ward } from './ward.ts'

export async function ending(ward: Ward): Promise<History> {
  ward.calmRoad()
  const tablets = ward.tablets()
  for (const tablet of tablets) tablet.heal()
  ward.size.tell?.(`the road is good; ${tablets.length} tablets finish`)
  // One after the other: hundreds that start at once in one process miss every deadline, which no tablet of its own would.
  for (const tablet of tablets) await tablet.startsUntilWhole()
  ward.lines.push({ what: 'healed', atMs: ward.nowMs() })
  const untilMs = ward.nowMs() + stuckAfterMs + 1_000
  await Promise.all(tablets.map((tablet) => finishes(ward, tablet, untilMs)))
  const atMs = ward.nowMs()
  for (const tablet of tablets) await judgesWhatIsSaid(ward, tablet)
  ward.size.tell?.('what lies everywhere is read')
  const rows = await Promise.all(tablets.map((tablet) => tablet.rows()))
  return { lines: ward.lines, ending: { tablets: [...ward.putAway, ...rows.flat()], ...(await ward.office.holdings()), atMs } }
}

/**
 * Nobody presses "send now": an open page has set its alarm, or is stuck. A person only enrols it again when it says that the
 * office has forgotten it; it asks at its start, and as long as it has to.
 */
async function finishes(ward: Ward, tablet: SwarmTablet, untilMs: number): Promise<void> {
  let hasAsked = false
  while (ward.nowMs() < untilMs) {
    if (!hasAsked || (await tablet.isAsking()) || !(await tablet.isKnown())) hasAsked = await tablet.asks()
    if (!(await tablet.isKnown())) await comesToTheDesk(ward, tablet)
    else if (hasAsked && (await tablet.isDone())) return
    await sleep(100)
  }
}

/** The officer has a list of tablets, and enrols only those that are not in it. */
async function comesToTheDesk(ward: Ward, tablet: SwarmTablet): Promise<void> {
  if ((await isInTheList(ward, tablet)) === false) await ward.readmits(tablet)
}

async function judgesWhatIsSaid(ward: Ward, tablet: SwarmTablet): Promise<void> {
  const why = await tablet.whyNotDone()
  if (why !== null) ward.size.tell?.(why)
  // An answer of the bad road may have come in since it was last asked.
  if (!(await tablet.isKnown())) await tablet.asks()
  if (!(await tablet.isKnown()) && (await isInTheList(ward, tablet)) === true) ward.lines.push({ what: 'misled', tablet: tablet.name, atMs: ward.nowMs() })
}

async function isInTheList(ward: Ward, tablet: SwarmTablet): Promise<boolean | null> {
  const device = await tablet.device()
  return device === null ? false : ward.office.knows(device)
}

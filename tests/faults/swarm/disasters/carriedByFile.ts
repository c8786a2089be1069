/**
 * Applications leave by file, the file is harmed or comes twice, is imported as at the desk, and the outcomes come back by file:
 * at once, and once more when the road has long brought newer ones.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { fastTime } from '../../lab/fastTime.ts'
import type { Chance } from '../../lab/chance.ts'
import { makeRateLimits } from '../../../../server/http/rateLimit.ts'
import { receiveCarrier } from '../../../../server/intake/carriers.ts'
import { makeLog } from '../../../../server/log.ts'
import type { IntakeOffice } from '../../../../server/office.ts'
import { ifAlive } from '../alive.ts'
import { unlessAway, type Inside } from '../swarmOffice.ts'
import type { Ward } from '../ward.ts'

/** How long a tablet is asked to send before its old outcomes are brought once more. */
const patienceMs = 10_000

type Harm = (text: string, chance: Chance) => string

/** What happens to a file on its way; a file that is too small to be harmed stays as it is and is no hit. */
const harms: Readonly<Record<string, Harm>> = {
  carrierCut: (text, chance) => text.slice(0, chance.below(text.length)),
  carrierDoubled: (text) => text + text,
  carrierShuffled: (text, chance) => `${shuffled(text.trimEnd().split('\n'), chance).join('\n')}\n`,
  carrierFlipped(text, chance) {
    const at = chance.below(text.length)
    return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
  },
  carrierThroughEditor: (text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`,
}

export function carriesByFile(ward: Ward, chance: Chance): Promise<void> {
  return ward.withTablet(chance, async (tablet) => {
    for (let left = 3; left > 0; left -= 1) await ward.submits(tablet, chance.oneIn(2) ? 1 : 0)
    const { outbox } = (await tablet.ready()).tablet
    const plan = await ifAlive(outbox.planExport(chance.oneIn(2)))
    const outcomes: Blob[] = []
    for (const file of plan?.files ?? []) {
      const written = await ifAlive(outbox.writeExport(file))
      const text = (await written?.content.text()) ?? ''
      await ifAlive(outbox.noteExported(written?.written ?? []))
      if (text !== '') outcomes.push(...(await carries(ward, text, chance)))
    }
    if (outcomes.length === 0) return
    await ifAlive(outbox.bringBack(outcomes))
    const untilMs = ward.nowMs() + patienceMs
    while (ward.nowMs() < untilMs && !(await tablet.isDone())) await Promise.all([tablet.sends(), sleep(500)])
    if ((await ifAlive((await tablet.ready()).tablet.outbox.bringBack(outcomes))) !== null) ward.hit('outcomesFileLater')
  })
}

/** The office's outcomes for one file as it arrived; none when the office was away. */
async function carries(ward: Ward, text: string, chance: Chance): Promise<readonly Blob[]> {
  const harm = chance.pick(Object.keys(harms))
  const harmed = harms[harm]?.(text, chance) ?? text
  const answers = await unlessAway(async () => receiveCarrier(await intakeOf(ward.office.inside()), new Blob([harmed]).stream(), 'desk'))
  if (answers === null) return []
  ward.hit('carriedByFile')
  if (harmed !== text) ward.hit(harm)
  return [new Blob([answers.map((answer) => `${JSON.stringify(answer)}\n`).join('')])]
}

/** The desk's side of it: takes in and does nothing else. */
async function intakeOf({ db, keys, parts }: Inside): Promise<IntakeOffice> {
  const { clock } = fastTime(1)
  const now = { now: () => clock.nowMs() }
  const epoch = await db.selectFrom('epoch').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirstOrThrow()
  return { db, keys, parts, clock: now, epoch: { id: epoch.id, number: epoch.number }, limits: makeRateLimits(now), log: makeLog('error'), nudgeOpener: () => undefined }
}

function shuffled<T>(list: readonly T[], chance: Chance): T[] {
  const left = [...list]
  return list.map(() => left.splice(chance.below(left.length), 1)).flat()
}

/** What a volunteer does in a quarter of an hour, in seconds: drafts, saves, photos, applications, and one thrown away. */
import type { Chance } from '../lab/chance.ts'
import type { LabVolunteer, OnScreen } from './labVolunteer.ts'

const sizes = [3_000, 80_000, 300_000] as const

/** Goes on until it is done or the tablet is gone. */
export async function works(volunteer: LabVolunteer, chance: Chance, steps = 6): Promise<void> {
  const open: OnScreen[] = []
  for (let step = 0; step < steps; step += 1) {
    const photos = chance.oneIn(3) ? [chance.pick(sizes)] : []
    const draft = open.pop()
    if (draft === undefined) open.push(await volunteer.begins(photos))
    else if (chance.oneIn(3)) await volunteer.finalises(draft)
    else if (chance.oneIn(8)) await volunteer.discards(draft)
    else open.push(await volunteer.goesOnWith(draft, photos))
  }
}

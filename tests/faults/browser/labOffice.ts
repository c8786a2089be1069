/** The office of the lab: a process of its own with its own PostgreSQL, which serves the lab's build of the app behind the lab's door. */
import { aSwarmOffice, type SwarmOffice } from '../swarm/swarmOffice.ts'
import { openDoor, type LabDoor } from './labDoor.ts'

export interface LabOffice extends SwarmOffice {
  readonly door: LabDoor
}

export const labWeb = (): string => process.env['LAB_WEB'] ?? 'dist/lab/web'

export async function aLabOffice(): Promise<LabOffice> {
  const door = await openDoor()
  const office = await aSwarmOffice({ settings: { PUBLIC_ORIGINS: door.origin, WEB_DIR: labWeb() } })
  door.leadsTo(Number(new URL(office.run.origin).port))
  return {
    ...office,
    door,
    async close() {
      await door.close()
      await office.close()
    },
  }
}

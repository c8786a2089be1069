/** The office's process dies without a word while requests are under way, and is started again. */
import type { Ward } from '../ward.ts'

export async function killsOffice(ward: Ward): Promise<void> {
  await ward.office.run.kill()
  ward.hit('officeKilled')
  await ward.office.run.start()
}

/**
 * Discarding a draft so that no later start takes it for a loss: the ledger expects one less before the row goes, and the copy
 * of a finalise that was killed goes after it. A copy that belongs to an application stays. A ledger that cannot be written,
 * as on a full tablet, keeps nobody from making room.
 */
import type { ApplicationId } from '../../../core/ids.ts'
import { attempt } from '../db.ts'
import { readMirrorName } from '../outbox/mirrored.ts'
import { countStock, noteStock } from '../outbox/stock.ts'
import type { DraftSide } from '../tablet.ts'
import type { Inside } from './tabletPorts.ts'

export async function discardDraft({ db, ledger, mirror }: Pick<Inside, 'db' | 'ledger' | 'mirror'>, drafts: Pick<DraftSide, 'discard'>, id: ApplicationId): ReturnType<DraftSide['discard']> {
  await attempt(async () => {
    const mark = await ledger.read()
    if (mark?.drafts !== undefined && mark.drafts > 0) await ledger.write({ ...mark, drafts: mark.drafts - 1 })
  })
  const discarded = await drafts.discard(id)
  await attempt(async () => {
    if (discarded.ok && (await db.items.get(id)) === undefined) {
      for (const name of await mirror.names()) if (readMirrorName(name)?.id === id) await mirror.remove(name)
    }
    await noteStock(ledger, await countStock(db))
  })
  return discarded
}

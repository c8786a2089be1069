import { describe, expect, it } from 'vitest'
import type { PackRef } from '../../../../core/ids.ts'
import { aDraft, aWorkingTablet, content, must } from '../../../support/offline/aTablet.ts'
import { aPublishedPack } from '../../../support/publishedPack.ts'

const newer = '1.001193@1.1.0' as PackRef

describe('a draft moved to a newer pack', () => {
  it('names that pack and its digest from then on, also in what is sealed', async () => {
    const { tablet, device, db } = await aWorkingTablet()
    const { id, version } = await aDraft(tablet)
    device.office.packs.splice(0, 1, aPublishedPack(newer))
    must(await tablet.packs.refresh())

    const next = must(await tablet.drafts.move(id, version, newer, content({ answers: { childName: 'Nguyễn Văn Bình' } })))

    expect(must(await tablet.drafts.open(id))).toMatchObject({ pack: newer, version: next, content: { answers: { childName: 'Nguyễn Văn Bình' } } })
    must(await tablet.drafts.finalise(id, next))
    expect(await db.items.get(id)).toMatchObject({ pack: newer })
  })

  it('to a pack that is not here stays as it was', async () => {
    const { tablet } = await aWorkingTablet()
    const { id, version, pack } = await aDraft(tablet)

    expect(await tablet.drafts.move(id, version, newer, content())).toMatchObject({ failure: { kind: 'packUnknown' } })
    expect(must(await tablet.drafts.open(id))).toMatchObject({ pack, version })
  })

  it('in another window in the meantime is told, and nothing is lost', async () => {
    const { tablet } = await aWorkingTablet()
    const { id, version, pack } = await aDraft(tablet)
    must(await tablet.drafts.save(id, version, content({ label: 'other window' })))

    expect(await tablet.drafts.move(id, version, pack, content())).toMatchObject({ failure: { kind: 'draftChanged' } })
    expect(must(await tablet.drafts.open(id))).toMatchObject({ content: { label: 'other window' } })
  })
})

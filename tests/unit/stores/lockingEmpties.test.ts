import { beforeEach, describe, expect, it } from 'vitest'
import { failure } from '../../../core/failures.ts'
import { fail, ok } from '../../../core/result.ts'
import { useAppearance } from '../../../src/stores/appearance.ts'
import { useCarrier } from '../../../src/stores/carrier.ts'
import { useCases } from '../../../src/stores/cases.ts'
import { useDatabase } from '../../../src/stores/database.ts'
import { useDevice } from '../../../src/stores/device.ts'
import { useDrafts } from '../../../src/stores/drafts.ts'
import { useEmergency } from '../../../src/stores/emergency.ts'
import { useFindings } from '../../../src/stores/findings.ts'
import { useOffers } from '../../../src/stores/offers.ts'
import { useOffice } from '../../../src/stores/office.ts'
import { useOutbox } from '../../../src/stores/outbox.ts'
import { useProcedures } from '../../../src/stores/procedures.ts'
import { useRoom } from '../../../src/stores/room.ts'
import { useSession } from '../../../src/stores/session.ts'
import { useUpdates } from '../../../src/stores/updates.ts'
import { useVisit } from '../../../src/stores/visit.ts'
import { aCase, anId, aPackRef, aVolunteer } from '../../support/screens/fakeTablet.ts'
import { screenApp, settle, type ScreenApp } from '../../support/screens/screenApp.ts'

/** Every store of the tablet. A new one must be added here, or the test below fails. */
const allStores = {
  appearance: useAppearance, carrier: useCarrier, cases: useCases, database: useDatabase, device: useDevice, drafts: useDrafts, emergency: useEmergency, findings: useFindings, offers: useOffers, office: useOffice, outbox: useOutbox,
  procedures: useProcedures, room: useRoom, session: useSession, updates: useUpdates, visit: useVisit,
}
const marker = 'Nguyễn Thị Dấu Vết'

describe('locking the tablet', () => {
  let screen: ScreenApp
  beforeEach(async () => {
    screen = screenApp()
    for (const useStore of Object.values(allStores)) useStore()
    await settle()
    screen.tablet.set.who(aVolunteer())
    screen.tablet.set.drafts([{ id: anId(), pack: aPackRef(), label: marker, updatedAt: '2026-11-24T02:00:00.000Z', readable: true }])
    screen.tablet.set.visit({ startedAt: '2026-11-24T02:00:00.000Z', facts: { 'self.fullName': { value: marker, origin: 'card' } }, papers: [], applications: [] })
    screen.tablet.set.cases([aCase({ label: marker, message: marker, status: 'accepted', changedAt: '2026-11-24T03:00:00.000Z' })])
  })

  const everythingHeld = (): string => JSON.stringify(screen.pinia.state.value)

  it('lists every store there is', async () => {
    const files = Object.keys(import.meta.glob('../../../src/stores/*.ts'))
    const withoutState = ['outside', 'tablet', 'ruleTexts', 'holidays', 'offer', 'offerIndex', 'vietQr']
    const stores = files.map((path) => path.split('/').at(-1)?.replace('.ts', '') ?? '').filter((name) => !withoutState.includes(name))

    expect(stores.sort()).toEqual(Object.keys(allStores).sort())
  })

  it('leaves no word about a citizen in any store', async () => {
    expect(everythingHeld()).toContain(marker)

    await useSession().lock()

    expect(everythingHeld()).not.toContain(marker)
  })

  it('empties the stores in the same moment when the vault is locked by somebody else', () => {
    screen.tablet.set.who(null)

    expect(useDrafts().rows).toEqual([])
    expect(useCases().rows).toEqual([])
    expect(useVisit().visit).toBeNull()
  })

  it('empties the stores even when the rows were not taken back', () => {
    screen.tablet.set.who(null)
    screen.tablet.set.who(aVolunteer())

    expect(everythingHeld()).not.toContain(marker)
  })

  it('saves everything typed before the vault forgets its key', async () => {
    const order: string[] = []
    useSession().beforeLock(async () => {
      await settle()
      order.push('saved')
      return ok()
    })
    const locked = screen.tablet.vault.lock
    Object.assign(screen.tablet.vault, { lock: () => { order.push('locked'); locked() } })

    await useSession().lock()

    expect(order).toEqual(['saved', 'locked'])
  })

  it('stays open and says why when something typed cannot be saved', async () => {
    useSession().beforeLock(() => Promise.resolve(fail(failure('storageBroken'))))

    const answer = await useSession().lock()

    expect(answer).toEqual({ ok: false, failure: { kind: 'storageBroken' } })
    expect(useSession().isLocked).toBe(false)
    expect(screen.tablet.asked).not.toContain('lock')
  })
})

import { describe, expect, it } from 'vitest'
import { failure } from '../../../core/failures.ts'
import { fail, ok } from '../../../core/result.ts'
import { useAppearance } from '../../../src/stores/appearance.ts'
import { useCases } from '../../../src/stores/cases.ts'
import { useDevice } from '../../../src/stores/device.ts'
import { useOutbox } from '../../../src/stores/outbox.ts'
import { useProcedures } from '../../../src/stores/procedures.ts'
import { useSession } from '../../../src/stores/session.ts'
import { useUpdates } from '../../../src/stores/updates.ts'
import { birthContent } from '../../support/screens/birth.ts'
import { aCase, aDevice, anId, anOutbox, aPackRef, fakeTablet } from '../../support/screens/fakeTablet.ts'
import { screenApp, settle } from '../../support/screens/screenApp.ts'

describe('the device store', () => {
  it('knows a tablet that no office has enrolled', async () => {
    const { tablet } = screenApp()
    tablet.set.device(null)

    await useDevice().ready

    expect(useDevice().isActive).toBe(false)
  })

  it('says that storage is broken when the tablet cannot be opened', async () => {
    screenApp(fakeTablet(), Promise.reject(new Error('no IndexedDB')))

    await useDevice().ready

    expect(useDevice().broken).toBe(true)
  })

  it('lets a revoked tablet in, so that drafts can be read and carried away', async () => {
    const { tablet } = screenApp()
    tablet.set.device(aDevice({ state: 'revoked' }))

    await useDevice().ready

    expect(useDevice().isActive).toBe(true)
  })
})

describe('the outbox store', () => {
  it('names what needs a person', async () => {
    const { tablet } = screenApp()
    const outbox = useOutbox()
    const item = { localCode: 'TN-03-261124-001A', pack: aPackRef(), queuedAt: '2026-11-24T02:00:00.000Z', keyEnded: false, gone: false, note: null, reason: null, exportedAt: null, sizeBytes: 4000 }
    tablet.set.outbox(anOutbox({ items: [{ ...item, id: anId('001'), state: 'refused' }, { ...item, id: anId('002'), state: 'queued' }, { ...item, id: anId('003'), state: 'disputed' }] }))
    await settle()

    expect(outbox.toJudge.map(({ id }) => id)).toEqual([anId('001'), anId('003')])
  })
})

describe('the cases store', () => {
  it('calls a decision news until somebody has looked at it, also after a restart', async () => {
    const first = screenApp()
    const decided = aCase({ status: 'accepted', changedAt: '2026-11-24T03:00:00.000Z' })
    first.tablet.set.cases([decided, aCase({ id: anId('002') })])
    const cases = useCases()
    await settle()
    expect(cases.news.map(({ id }) => id)).toEqual([anId('001')])

    cases.markSeen(decided)

    expect(cases.news).toEqual([])
    expect(first.outside.words.get('seenCases')).toBe('01890000-0000-7000-8000-000000000001 2026-11-24T03:00:00.000Z')
  })

  it('keeps what one volunteer has looked at when another looks at theirs', async () => {
    const { tablet } = screenApp()
    const cases = useCases()
    const lans = aCase({ status: 'accepted', changedAt: '2026-11-24T03:00:00.000Z' })
    const hoas = aCase({ id: anId('002'), status: 'refused', changedAt: '2026-11-24T04:00:00.000Z' })
    await settle()
    tablet.set.cases([lans])
    cases.markSeen(lans)

    tablet.set.cases([hoas])
    cases.markSeen(hoas)
    tablet.set.cases([lans])

    expect(cases.news).toEqual([])
  })

  it('keeps one mark a case: what changed after it was looked at is news once more', async () => {
    const { tablet, outside } = screenApp()
    const cases = useCases()
    const asked = aCase({ status: 'supplementAsked', changedAt: '2026-11-24T03:00:00.000Z' })
    await settle()
    tablet.set.cases([asked])
    cases.markSeen(asked)
    const accepted = aCase({ status: 'accepted', changedAt: '2026-11-25T03:00:00.000Z' })

    tablet.set.cases([accepted])
    expect(cases.news).toEqual([accepted])
    cases.markSeen(accepted)

    expect(outside.words.get('seenCases')).toBe('01890000-0000-7000-8000-000000000001 2026-11-25T03:00:00.000Z')
  })
})

describe('the procedures store', () => {
  it('shows nothing of a pack that does not parse, and says why', async () => {
    const { tablet } = screenApp()
    const procedures = useProcedures()
    tablet.set.packs([{ ...birthContent(), content: { format: 2 } }])
    await settle()

    expect(procedures.known).toBe(true)
    expect(procedures.current).toEqual([])
    expect((await procedures.read(aPackRef())).ok).toBe(false)
  })
})

describe('the updates store', () => {
  it('takes a new version only when pressed', () => {
    screenApp()
    let taken = 0
    useUpdates().offer(() => { taken += 1 })

    expect(useUpdates().offered).toBe(true)
    expect(taken).toBe(0)
  })

  it('takes it after everything typed is saved', async () => {
    screenApp()
    let taken = 0
    useUpdates().offer(() => { taken += 1 })

    await useUpdates().accept()

    expect(taken).toBe(1)
  })

  it('takes none while an answer cannot be saved', async () => {
    screenApp()
    let taken = 0
    useUpdates().offer(() => { taken += 1 })
    useSession().beforeLock(() => Promise.resolve(fail(failure('storageFull'))))

    const answer = await useUpdates().accept()

    expect(answer.ok).toBe(false)
    expect(taken).toBe(0)
  })
})

describe('a page of which a piece is nowhere any more', () => {
  it('saves what was typed at once, and is loaded anew only when asked', async () => {
    screenApp()
    const done: string[] = []
    useSession().beforeLock(() => { done.push('saved'); return Promise.resolve(ok()) })
    useUpdates().miss(() => { done.push('loaded'); return Promise.resolve(true) })

    expect([useUpdates().missing, done]).toEqual([true, ['saved']])
    expect((await useUpdates().accept()).ok).toBe(true)
    expect(done).toEqual(['saved', 'saved', 'loaded'])
  })

  it('is not loaded anew while an answer cannot be saved, nor while there is no page to load', async () => {
    screenApp()
    let loads = 0
    useUpdates().miss(() => { loads += 1; return Promise.resolve(false) })

    expect(await useUpdates().accept()).toEqual(fail(failure('offline')))
    useSession().beforeLock(() => Promise.resolve(fail(failure('storageFull'))))
    expect((await useUpdates().accept()).ok).toBe(false)
    expect(loads).toBe(1)
  })
})

describe('the appearance store', () => {
  it('keeps language and theme for the next start', () => {
    const { outside, texts } = screenApp()

    useAppearance().setLocale('en')
    useAppearance().setTheme('dark')

    expect(texts.locale.value).toBe('en')
    expect([...outside.words]).toEqual([['locale', 'en'], ['theme', 'dark']])
  })
})

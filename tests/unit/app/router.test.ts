import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, type Router } from 'vue-router'
import { makeRouter } from '../../../src/router.ts'
import { readBadgeCode, readLink, safeTarget } from '../../../src/pages/parts/links.ts'
import { aDevice, aVolunteer, fakeTablet, type FakeTablet } from '../../support/screens/fakeTablet.ts'
import { screenApp } from '../../support/screens/screenApp.ts'
import { routes } from '../../../src/routes.ts'

const blank = { render: () => null }

describe('who may see which page', () => {
  let router: Router
  let tablet: FakeTablet
  beforeEach(() => {
    tablet = fakeTablet()
    const screen = screenApp(tablet)
    router = makeRouter(screen.texts, createMemoryHistory())
    for (const { name, path } of router.getRoutes()) {
      const route = routes.find((one) => one.name === name)
      if (name !== undefined && route) router.addRoute({ path, name, component: blank, meta: route.meta ?? { for: 'anyone', title: 'common.appName' } })
    }
  })
  const goTo = async (path: string): Promise<string> => {
    await router.push(path)
    return router.currentRoute.value.fullPath
  }

  it('sends a tablet that no office knows to enrolment, wherever it wanted to go', async () => {
    tablet.set.device(null)

    expect(await goTo('/')).toBe('/enrol')
    expect(await goTo('/cases')).toBe('/enrol')
  })

  it('lets a tablet that no office knows any more carry out what it still holds', async () => {
    tablet.set.device(null)

    expect(await goTo('/outbox')).toBe('/outbox')
  })

  it('keeps a tablet that waits for the officer at its six words', async () => {
    tablet.set.device(aDevice({ state: 'waiting' }))

    expect(await goTo('/')).toBe('/enrol')
  })

  it('sends a locked tablet to unlock and remembers where it was going', async () => {
    expect(await goTo('/cases')).toBe('/unlock?next=/cases')
    expect(await goTo('/')).toBe('/unlock')
  })

  it('sends a tablet without volunteers to the badge', async () => {
    tablet.set.volunteers([])

    expect(await goTo('/')).toBe('/badge')
  })

  it('lets a locked tablet see its outbox and its settings', async () => {
    expect(await goTo('/outbox')).toBe('/outbox')
    expect(await goTo('/settings')).toBe('/settings')
  })

  it('lets an unlocked tablet in', async () => {
    tablet.set.who(aVolunteer())

    expect(await goTo('/cases')).toBe('/cases')
  })

  it('puts only the page’s own name into the title', async () => {
    tablet.set.who(aVolunteer())
    await router.push('/cases')

    expect(document.title).toBe('Hồ sơ đã làm · Tiếp Sức')
  })
})

describe('targets and links from outside', () => {
  it.each([['/cases', '/cases'], ['//evil.example', '/'], ['/\\evil.example', '/'], ['https://evil.example', '/'], [['/a'], '/'], [undefined, '/']])(
    'goes from %o only to %s', (next, target) => {
      expect(safeTarget(next)).toBe(target)
    },
  )

  it('reads ticket and root from an enrolment link, whole or its fragment', () => {
    const found = { ticket: 'X7M25ah1FvUo_nsvhdQvuQ', rootFingerprint: 'Lf3ulYGmI8v8HbeU9x1B410hiFfrRjMf1M7e_nbb49Q' }

    expect(readLink('#t=X7M25ah1FvUo_nsvhdQvuQ&r=Lf3ulYGmI8v8HbeU9x1B410hiFfrRjMf1M7e_nbb49Q')).toEqual(found)
    expect(readLink('http://localhost/enrol#t=X7M25ah1FvUo_nsvhdQvuQ&r=Lf3ulYGmI8v8HbeU9x1B410hiFfrRjMf1M7e_nbb49Q')).toEqual(found)
    expect(readLink('#t=<script>')).toBeNull()
    expect(readLink('7K2M-9QXT')).toBeNull()
  })

  it('reads a badge code', () => {
    expect(readBadgeCode('#c=H2GY-JD1N')).toBe('H2GY-JD1N')
    expect(readBadgeCode('H2GY-JD1N')).toBe('')
  })
})

vi.stubGlobal('scrollTo', () => undefined)

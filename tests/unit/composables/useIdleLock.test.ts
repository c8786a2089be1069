import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defineComponent } from 'vue'
import { useIdleLock } from '../../../src/composables/useIdleLock.ts'
import { useSession } from '../../../src/stores/session.ts'
import { failure } from '../../../core/failures.ts'
import { fail, ok } from '../../../core/result.ts'
import { aVolunteer } from '../../support/screens/fakeTablet.ts'
import { screenApp, settle, type ScreenApp } from '../../support/screens/screenApp.ts'

describe('a tablet that was put down', () => {
  let screen: ScreenApp
  let page: VueWrapper
  beforeEach(async () => {
    screen = screenApp()
    page = mount(defineComponent(() => {
      useIdleLock()
      return () => null
    }), { global: screen.global })
    useSession()
    await settle()
    screen.tablet.set.who(aVolunteer())
  })
  afterEach(() => {
    page.unmount()
  })
  async function pass(ms: number): Promise<void> {
    screen.outside.now += ms
    for (const tick of screen.outside.ticks) tick()
    await settle()
  }
  function turn(state: 'hidden' | 'visible'): void {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
    document.dispatchEvent(new Event('visibilitychange'))
  }

  it('locks after two minutes without a touch', async () => {
    await pass(119_000)
    expect(useSession().isLocked).toBe(false)

    await pass(1_000)
    expect(useSession().isLocked).toBe(true)
  })

  it('stays open while somebody works', async () => {
    await pass(119_000)
    document.dispatchEvent(new Event('keydown'))
    await pass(119_000)

    expect(useSession().isLocked).toBe(false)
  })

  it('saves at once when the page is hidden and locks after a short grace', async () => {
    let saved = 0
    useSession().beforeLock(() => {
      saved += 1
      return Promise.resolve(ok())
    })
    turn('hidden')
    expect(saved).toBe(1)

    await pass(44_000)
    expect(useSession().isLocked).toBe(false)
    await pass(1_000)
    expect(useSession().isLocked).toBe(true)
    turn('visible')
  })

  it('stays open rather than lose an answer that cannot be saved, and tries again', async () => {
    let works = false
    useSession().beforeLock(() => Promise.resolve(works ? ok() : fail(failure('storageFull'))))
    await pass(120_000)
    expect(useSession().isLocked).toBe(false)

    works = true
    await pass(5_000)
    expect(useSession().isLocked).toBe(true)
  })
})

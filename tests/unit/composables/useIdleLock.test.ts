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

  /** The camera's button, as a press on it reaches the page; then what the camera app and the browser tell. */
  function aFileInput(): { presses: () => void; tells: (what: 'change' | 'cancel') => void } {
    const input = document.createElement('input')
    input.type = 'file'
    document.body.append(input)
    return {
      presses: () => input.dispatchEvent(new MouseEvent('click', { bubbles: true })),
      tells(what) {
        input.dispatchEvent(new Event(what, { bubbles: true }))
        input.remove()
      },
    }
  }

  it('stays open while a picture is being taken, however long the camera hides the page', async () => {
    const camera = aFileInput()
    camera.presses()
    turn('hidden')
    await pass(46_000)
    await pass(120_000)
    expect(useSession().isLocked).toBe(false)

    turn('visible')
    expect(useSession().isLocked).toBe(false)
    await pass(5_000)
    camera.tells('change')
    await pass(60_000)
    expect(useSession().isLocked).toBe(false)
  })

  it('is not taken for put down by the return from a camera on a tablet that slept meanwhile', async () => {
    const camera = aFileInput()
    camera.presses()
    turn('hidden')
    screen.outside.now += 200_000
    turn('visible')
    camera.tells('change')
    await pass(5_000)

    expect(useSession().isLocked).toBe(false)
  })

  it('may lock again when nothing came a few seconds after the return', async () => {
    const camera = aFileInput()
    camera.presses()
    turn('hidden')
    await pass(150_000)
    turn('visible')
    await pass(9_000)
    expect(useSession().isLocked).toBe(false)

    await pass(1_000)
    expect(useSession().isLocked).toBe(true)
    camera.tells('cancel')
  })

  it('still waits for the picture when the camera shows the page for a moment and hides it again', async () => {
    const camera = aFileInput()
    camera.presses()
    turn('hidden')
    turn('visible')
    turn('hidden')
    await pass(100_000)

    expect(useSession().isLocked).toBe(false)
    turn('visible')
    camera.tells('change')
  })

  it('locks after five minutes all the same: who took no picture until then put it down', async () => {
    const camera = aFileInput()
    camera.presses()
    turn('hidden')
    await pass(299_000)
    expect(useSession().isLocked).toBe(false)

    await pass(1_000)
    expect(useSession().isLocked).toBe(true)
    turn('visible')
    camera.tells('cancel')
  })

  it('locks as usual when the page is hidden after the camera was closed without a picture', async () => {
    const camera = aFileInput()
    camera.presses()
    turn('hidden')
    await pass(30_000)
    turn('visible')
    camera.tells('cancel')
    turn('hidden')
    await pass(45_000)

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

import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { fail, ok, type Result } from '../../../core/result.ts'
import { cameraKey, troubleOf, type CameraTrouble, type OpenCamera } from '../../../src/composables/cameraAccess.ts'
import { codeReaderKey } from '../../../src/composables/codeReader.ts'
import { useCardCamera, type CardCamera } from '../../../src/composables/useCardCamera.ts'
import { settle } from '../../support/screens/screenApp.ts'

interface Seen {
  readonly camera: CardCamera
  readonly page: VueWrapper
  readonly texts: string[]
  closed: number
  lost: () => void
  /** What the next look at a frame finds. */
  show: (text: string | null) => Promise<void>
}

let page: VueWrapper | undefined
afterEach(() => {
  page?.unmount()
  page = undefined
})

function aCamera(answer?: Promise<Result<OpenCamera, CameraTrouble>>, wanted = 'card', canLight = false): Seen {
  const waiting: ((text: string | null) => void)[] = []
  const opened: OpenCamera = { stream: new MediaStream(), canLight, light: () => Promise.resolve(true), close: () => (seen.closed += 1) }
  const made: CardCamera[] = []
  const seen: Omit<Seen, 'camera' | 'page'> = {
    texts: [],
    closed: 0,
    lost: () => undefined,
    show: async (text) => {
      await settle()
      waiting.shift()?.(text)
      await settle()
    },
  }
  const access = {
    open: (lost: () => void) => {
      seen.lost = lost
      return answer ?? Promise.resolve(ok(opened))
    },
  }
  const reader = { readFrame: () => new Promise<string | null>((found) => waiting.push(found)), readPhoto: () => Promise.resolve({ text: null }) }
  const Page = defineComponent(() => {
    const camera = useCardCamera((text) => {
      seen.texts.push(text)
      return text === wanted
    })
    made.push(camera)
    return () => h('video', { ref: camera.video })
  })
  HTMLMediaElement.prototype.play = () => Promise.resolve()
  const mounted = mount(Page, { attachTo: document.body, global: { provide: { [cameraKey as symbol]: access, [codeReaderKey as symbol]: reader } } })
  page = mounted
  const [camera] = made
  if (camera === undefined) throw new Error('no camera was made')
  return Object.assign(seen, { camera, page: mounted })
}

describe('the camera of the card scan', () => {
  it('is off until asked for, and off again when a card was read', async () => {
    const seen = aCamera()
    expect(seen.camera.state.value).toBe('off')

    void seen.camera.start()
    await settle()
    expect(seen.camera.state.value).toBe('on')
    await seen.show('card')

    expect(seen.texts).toEqual(['card'])
    expect([seen.camera.state.value, seen.closed]).toEqual(['off', 1])
  })

  it('goes on when what it sees is no card', async () => {
    const seen = aCamera()
    void seen.camera.start()
    await seen.show('WIFI:')

    expect([seen.texts, seen.camera.state.value, seen.closed]).toEqual([['WIFI:'], 'on', 0])
  })

  it('goes off when the page is left, and a picture that comes late is closed at once', async () => {
    const seen = aCamera()
    void seen.camera.start()
    await settle()
    seen.page.unmount()
    expect(seen.closed).toBe(1)

    let late: (answer: Result<OpenCamera, CameraTrouble>) => void = () => undefined
    const slow = aCamera(new Promise((answer) => (late = answer)))
    void slow.camera.start()
    slow.page.unmount()
    let closed = 0
    late(ok({ stream: new MediaStream(), canLight: false, light: () => Promise.resolve(true), close: () => (closed += 1) }))
    await settle()
    expect(closed).toBe(1)
  })

  it('goes off when the page is hidden, and says so', async () => {
    const seen = aCamera()
    void seen.camera.start()
    await settle()
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true })

    expect([seen.camera.state.value, seen.closed]).toEqual(['paused', 1])
  })

  it('says why there is no picture', async () => {
    const seen = aCamera(Promise.resolve(fail('denied')))
    await seen.camera.start()

    expect([seen.camera.state.value, seen.camera.trouble.value]).toEqual(['trouble', 'denied'])
  })

  it('is in trouble when another app takes the camera away', async () => {
    const seen = aCamera()
    void seen.camera.start()
    await settle()
    seen.lost()
    await nextTick()

    expect([seen.camera.state.value, seen.camera.trouble.value, seen.closed]).toEqual(['trouble', 'busy', 1])
  })

  it('offers a light only where there is one, and forgets it with the camera', async () => {
    const seen = aCamera(undefined, 'card', true)
    void seen.camera.start()
    await settle()
    await seen.camera.turnLight()
    expect([seen.camera.canLight.value, seen.camera.isLit.value]).toEqual([true, true])

    seen.camera.stop()
    expect([seen.camera.canLight.value, seen.camera.isLit.value]).toEqual([false, false])
  })

  it.each([
    ['NotAllowedError', 'denied'],
    ['SecurityError', 'denied'],
    ['NotFoundError', 'none'],
    ['OverconstrainedError', 'none'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
    ['TypeError', 'failed'],
  ])('names %s %s', (name, trouble) => {
    expect(troubleOf(new DOMException('', name))).toBe(trouble)
  })
})

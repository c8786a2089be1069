/**
 * The camera as the card scan needs it: off until asked for, and off again when a card was read, when the page is hidden
 * or left, and when the camera is taken away. Frames are looked at one after the other and dropped; none is stored.
 */
import { inject, onScopeDispose, ref, shallowRef, type Ref } from 'vue'
import { cameraAccess, cameraKey, type CameraTrouble, type OpenCamera } from './cameraAccess.ts'
import { useCodeReader, type PhotoAnswer } from './codeReader.ts'

export type CameraState = 'off' | 'starting' | 'on' | 'paused' | 'trouble'

export interface CardCamera {
  readonly state: Readonly<Ref<CameraState>>
  readonly trouble: Readonly<Ref<CameraTrouble | null>>
  readonly video: Ref<HTMLVideoElement | null>
  readonly canLight: Readonly<Ref<boolean>>
  readonly isLit: Readonly<Ref<boolean>>
  readonly start: () => Promise<void>
  readonly stop: () => void
  readonly turnLight: () => Promise<void>
  readonly readPhoto: (file: Blob) => Promise<PhotoAnswer>
}

/** Rest between two looks: a slow tablet must stay able to answer a touch. */
const restMs = 150

/** `found` gets the text of each code seen and says whether it was what is wanted; then the camera goes off. */
export function useCardCamera(found: (text: string) => boolean): CardCamera {
  const access = inject(cameraKey, cameraAccess)
  const reader = useCodeReader()
  const state = ref<CameraState>('off')
  const trouble = ref<CameraTrouble | null>(null)
  const video = shallowRef<HTMLVideoElement | null>(null)
  const light = useLight()
  let camera: OpenCamera | null = null
  /** Counts starts and stops, so that an answer that comes late belongs to nobody. */
  let turn = 0

  function close(next: CameraState, why: CameraTrouble | null = null): void {
    turn += 1
    camera?.close()
    camera = null
    light.forget()
    if (video.value !== null) video.value.srcObject = null
    state.value = next
    trouble.value = why
  }

  async function start(): Promise<void> {
    close('starting')
    const mine = turn
    const result = await access.open(() => close('trouble', 'busy'))
    if (mine !== turn) {
      if (result.ok) result.value.close()
    } else if (result.ok) {
      camera = result.value
      light.use(camera)
      state.value = 'on'
      if (video.value !== null && !(await play(video.value, camera.stream)) && mine === turn) close('trouble', 'failed')
      await look(mine)
    } else close('trouble', result.failure)
  }

  async function look(mine: number): Promise<void> {
    while (mine === turn && video.value !== null) {
      const text = await readFrame(video.value)
      if (mine !== turn) return
      if (text === undefined) close('trouble', 'failed')
      else if (text !== null && found(text)) close('off')
      await new Promise((rested) => setTimeout(rested, restMs))
    }
  }

  /** Undefined when the reader itself cannot work, such as a wasm file that did not come. */
  const readFrame = (from: HTMLVideoElement): Promise<string | null | undefined> => reader.readFrame(from).catch(() => undefined)

  whenHidden(() => {
    if (state.value === 'on' || state.value === 'starting') close('paused')
  })
  onScopeDispose(() => close('off'))

  return { state, trouble, video, ...light.shown, start, stop: () => close('off'), readPhoto: reader.readPhoto }
}

/** False when the camera gives no picture; a picture that was stopped before it began is no trouble. */
async function play(video: HTMLVideoElement, stream: MediaStream): Promise<boolean> {
  video.srcObject = stream
  try {
    await video.play()
    return true
  } catch (cause) {
    return cause instanceof DOMException && cause.name === 'AbortError'
  }
}

function useLight() {
  const [canLight, isLit] = [ref(false), ref(false)]
  let camera: OpenCamera | null = null

  async function turnLight(): Promise<void> {
    const [mine, on] = [camera, !isLit.value]
    if ((await mine?.light(on)) === true && mine === camera) isLit.value = on
  }

  function use(opened: OpenCamera | null): void {
    camera = opened
    canLight.value = opened?.canLight === true
    isLit.value = false
  }

  return { use, forget: () => use(null), shown: { canLight, isLit, turnLight } }
}

function whenHidden(act: () => void): void {
  const turn = (): void => {
    if (document.visibilityState === 'hidden') act()
  }
  document.addEventListener('visibilitychange', turn)
  onScopeDispose(() => document.removeEventListener('visibilitychange', turn))
}

/**
 * The tablet's camera, reached in one place. Asks for the rear camera and no microphone; tells in a word why there is no
 * picture. No frame is kept here, and closing turns the light of the camera off. Tests hand in another one.
 */
import type { InjectionKey } from 'vue'
import { fail, ok, type Result } from '../../core/result.ts'

/** Not allowed by the person; no camera; held by another app; no secure page or a browser without cameras; anything else. */
export type CameraTrouble = 'denied' | 'none' | 'busy' | 'unsupported' | 'failed'

export interface OpenCamera {
  readonly stream: MediaStream
  readonly canLight: boolean
  /** Turns the torch on or off; false when the camera did not obey. */
  readonly light: (on: boolean) => Promise<boolean>
  readonly close: () => void
}

export interface CameraAccess {
  /** `lost` is called when the picture ends by itself: unplugged, taken by another app, permission withdrawn. */
  readonly open: (lost: () => void) => Promise<Result<OpenCamera, CameraTrouble>>
}

export const cameraKey: InjectionKey<CameraAccess> = Symbol('camera')

const wanted: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1080 } },
}

export const cameraAccess: CameraAccess = {
  async open(lost) {
    // Missing on pages that are not secure, whatever the type says.
    const devices: unknown = Reflect.get(navigator, 'mediaDevices')
    if (!(devices instanceof EventTarget)) return fail('unsupported')
    try {
      return ok(opened(await navigator.mediaDevices.getUserMedia(wanted), lost))
    } catch (cause) {
      return fail(troubleOf(cause))
    }
  },
}

function opened(stream: MediaStream, lost: () => void): OpenCamera {
  const [track] = stream.getVideoTracks()
  track?.addEventListener('ended', lost)
  return {
    stream,
    canLight: track !== undefined && hasTorch(track),
    light: async (on) => track !== undefined && (await setTorch(track, on)),
    close: () => {
      track?.removeEventListener('ended', lost)
      for (const one of stream.getTracks()) one.stop()
    },
  }
}

/** The torch is in no TypeScript library yet (Image Capture, W3C). */
const hasTorch = (track: MediaStreamTrack): boolean =>
  'getCapabilities' in track && Reflect.get(track.getCapabilities(), 'torch') === true

async function setTorch(track: MediaStreamTrack, on: boolean): Promise<boolean> {
  const torch: MediaTrackConstraintSet & { readonly torch: boolean } = { torch: on }
  try {
    await track.applyConstraints({ advanced: [torch] })
    return true
  } catch {
    // Some cameras promise a torch and refuse it: the button then goes back to off, nothing else is lost.
    return false
  }
}

/** Why getUserMedia refused, by the names of the standard (Media Capture and Streams, 10.2). */
export function troubleOf(cause: unknown): CameraTrouble {
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none'
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'failed'
}

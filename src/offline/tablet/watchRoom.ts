/** Room on the tablet, measured now, every minute, and when the page comes to the front. */
import { latestOnly } from '../latest.ts'
import type { Stop } from '../ports.ts'
import { measureRoom } from '../storage.ts'
import type { Room } from '../tablet.ts'
import { every } from './every.ts'
import type { Inside } from './tabletPorts.ts'

const measureEveryMs = 60_000

export function watchRoom({ storage, timers, surroundings, trouble }: Inside, onChange: (room: Room) => void): Stop {
  const measure = latestOnly(() => measureRoom(storage), onChange, trouble)
  const stops = [every(timers, measureEveryMs, () => measure(undefined)), surroundings.onVisible(() => measure(undefined))]
  measure(undefined)
  return () => {
    for (const stop of stops) stop()
  }
}

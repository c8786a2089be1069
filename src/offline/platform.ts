/** Ports that page and worker make alike from what the platform offers. */
import type { Channel, Clock, Locks, Random, Stop, Timers } from './ports.ts'

/** The parts of `crypto` that draw chance. */
interface ChanceSource {
  getRandomValues(bytes: Uint8Array<ArrayBuffer>): unknown
}

export function makeClock(now: () => number): Clock {
  return { nowMs: now }
}

export function makeRandom(source: ChanceSource): Random {
  const bytes = (length: number): Uint8Array<ArrayBuffer> => {
    const drawn = new Uint8Array(length)
    source.getRandomValues(drawn)
    return drawn
  }
  return { bytes, fraction: () => new DataView(bytes(4).buffer).getUint32(0) / 2 ** 32 }
}

export const timers: Timers = {
  after(delayMs, run): Stop {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

/** Web Locks. A lock that is stolen ends its holder's request, not its work. */
export function makeLocks(manager: LockManager): Locks {
  return {
    async hold(name, how, work) {
      let outcome: 'ran' | 'taken' = 'taken'
      let working: Promise<void> = Promise.resolve()
      const grant = async (lock: Lock | null): Promise<void> => {
        if (lock === null) return
        outcome = 'ran'
        working = work()
        await working
      }
      try {
        await manager.request(name, how === 'steal' ? { steal: true } : { ifAvailable: true }, grant)
      } catch (cause) {
        if (!(cause instanceof DOMException) || cause.name !== 'AbortError') throw cause
        await working
      }
      return outcome
    },
  }
}

/** Messages to the other pages and the worker of this origin; not to the sender. */
export function makeChannel(open: () => BroadcastChannel): Channel {
  const channel = open()
  return {
    post: (message) => channel.postMessage(message),
    listen(onMessage) {
      const hear = (message: MessageEvent<unknown>): void => onMessage(message.data)
      channel.addEventListener('message', hear)
      return () => channel.removeEventListener('message', hear)
    },
  }
}

export const channelName = 'tiepsuc'
/** What the browser calls the worker with when there is a network again. */
export const syncTag = 'outbox'

/**
 * Room on the tablet. Photos are refused before text, new drafts before sealing, and sealing always has reserved room: a
 * file of 4 MiB that is given up when a finalise finds the disk full, and taken again when there is room.
 */
import type { Storage } from './ports.ts'
import type { Room } from './tablet.ts'

const MiB = 1024 * 1024

export const reserveBytes = 4 * MiB
const lowBytes = 100 * MiB
const fullBytes = 20 * MiB

/** How urgent the room is. A browser that tells no figures counts as fine: quota errors still say so when it is not. */
export function roomLevel(usedBytes: number | null, quotaBytes: number | null): Room['level'] {
  if (usedBytes === null || quotaBytes === null) return 'fine'
  const freeBytes = quotaBytes - usedBytes
  if (freeBytes < fullBytes) return 'full'
  return freeBytes < lowBytes ? 'low' : 'fine'
}

/** Measures the room once. */
export async function measureRoom(storage: Storage): Promise<Room> {
  const [persisted, { usedBytes, quotaBytes }] = await Promise.all([storage.persisted(), storage.estimate()])
  return { persisted, usedBytes, quotaBytes, level: roomLevel(usedBytes, quotaBytes) }
}

/** The platform's storage; `manager` is navigator.storage. */
export function makeStorage(manager: StorageManager): Storage {
  return {
    persisted: async () => ('persisted' in manager ? manager.persisted() : null),
    persist: async () => ('persist' in manager ? manager.persist() : false),
    async estimate() {
      const { usage, quota } = await manager.estimate()
      return { usedBytes: usage ?? null, quotaBytes: quota ?? null }
    },
  }
}

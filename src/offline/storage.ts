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
/** Twice what a new draft needs: photos stop while answers still have room. */
const photoBytes = 2 * fullBytes

/** How urgent the room is. A browser that tells no figures counts as fine: quota errors still say so when it is not. */
export function roomLevel(usedBytes: number | null, quotaBytes: number | null): Room['level'] {
  if (usedBytes === null || quotaBytes === null) return 'fine'
  const freeBytes = quotaBytes - usedBytes
  if (freeBytes < fullBytes) return 'full'
  return freeBytes < lowBytes ? 'low' : 'fine'
}

/** Whether another photo may be taken. Drafts and finalising go on long after this says no. */
export function hasRoomForPhotos({ usedBytes, quotaBytes }: Pick<Room, 'usedBytes' | 'quotaBytes'>): boolean {
  return usedBytes === null || quotaBytes === null || quotaBytes - usedBytes >= photoBytes
}

/** Measures the room once. */
export async function measureRoom(storage: Storage): Promise<Room> {
  const [persisted, { usedBytes, quotaBytes }] = await Promise.all([storage.persisted(), storage.estimate()])
  return { persisted, usedBytes, quotaBytes, level: roomLevel(usedBytes, quotaBytes) }
}

/** navigator.storage, of which a worker has less. */
interface RoomSource {
  persisted?(): Promise<boolean>
  persist?(): Promise<boolean>
  estimate(): Promise<StorageEstimate>
}

export function makeStorage(source: RoomSource): Storage {
  return {
    persisted: async () => (await source.persisted?.()) ?? null,
    persist: async () => (await source.persist?.()) ?? false,
    async estimate() {
      const { usage, quota } = await source.estimate()
      return { usedBytes: usage ?? null, quotaBytes: quota ?? null }
    },
  }
}

/** How much room is left on this tablet, and whether the browser promised to keep it. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { useOpening, type Tablet } from './tablet.ts'

type Room = Parameters<Parameters<Tablet['room']['watch']>[0]>[0]

export const useRoom = defineStore('room', () => {
  const opening = useOpening()
  const room = shallowRef<Room>({ persisted: null, usedBytes: null, quotaBytes: null, level: 'fine' })

  opening
    .then((tablet) => {
      tablet.room.watch((next) => {
        room.value = next
      })
    })
    .catch(() => undefined)

  async function askToPersist(): Promise<boolean> {
    const { room: port } = await opening
    return port.askToPersist()
  }

  return { room, askToPersist }
})

/** This tablet: whether an office knows it, under which number, and whether its storage can be used at all. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Failure } from '../../core/failures.ts'
import type { Result } from '../../core/result.ts'
import { useOpening, type DeviceView } from './tablet.ts'

export const useDevice = defineStore('device', () => {
  const opening = useOpening()
  const device = ref<DeviceView | null>(null)
  /** Nothing can be kept on this tablet: private window, damaged profile, blocked storage. */
  const broken = ref(false)

  /** Resolves once it is known whether this tablet is enrolled, also when storage is broken. */
  const ready = opening.then(
    (tablet) =>
      new Promise<void>((resolve) => {
        tablet.device.watch((view) => {
          device.value = view
          resolve()
        })
      }),
    () => {
      broken.value = true
    },
  )

  async function enrol(by: { ticket: string; rootFingerprint?: string }): Promise<Result<DeviceView, Failure>> {
    const { device: port } = await opening
    return keep(await port.enrol(by))
  }

  async function refresh(): Promise<Result<DeviceView, Failure>> {
    const { device: port } = await opening
    return keep(await port.refresh())
  }

  function keep(answer: Result<DeviceView, Failure>): Result<DeviceView, Failure> {
    if (answer.ok) device.value = answer.value
    return answer
  }

  const isActive = computed(() => device.value !== null && device.value.state !== 'waiting')
  return { device, broken, ready, isActive, enrol, refresh }
})

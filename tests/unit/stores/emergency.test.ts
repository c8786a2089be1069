// A tablet whose database did not open: it is tried again, and goes on by itself when the disk answers.
import { describe, expect, it } from 'vitest'
import { ok } from '../../../core/result.ts'
import { emergencyKey, useEmergency, type Emergency } from '../../../src/stores/emergency.ts'
import { screenApp, settle } from '../../support/screens/screenApp.ts'

function aBrokenTablet() {
  const { app, outside } = screenApp()
  const state = { opens: false, tried: 0, opened: 0, letGo: (): void => undefined }
  const emergency: Emergency = {
    read: () => Promise.resolve({ sealed: [], unreadable: 0 }),
    send: async () => {
      await new Promise<void>((resolve) => (state.letGo = resolve))
      return ok({ complete: 0, received: 0, refused: 0, failed: 0 })
    },
    export: () => Promise.resolve([]),
    opens: () => {
      state.tried += 1
      return Promise.resolve(state.opens)
    },
  }
  app.provide(emergencyKey, () => Promise.resolve(emergency))
  const store = app.runWithContext(() => useEmergency())
  const stop = store.watch(() => (state.opened += 1))
  const passes = async (): Promise<void> => {
    for (const tick of outside.ticks) tick()
    await settle()
  }
  return { state, store, stop, passes, outside }
}

describe('a database that did not open', () => {
  it('is tried again now and then, and told when it opens', async () => {
    const { state, passes } = aBrokenTablet()

    await passes()
    expect(state).toMatchObject({ tried: 1, opened: 0 })
    state.opens = true
    await passes()
    expect(state).toMatchObject({ tried: 2, opened: 1 })
  })

  it('waits while second copies are being sent', async () => {
    const { state, store, passes } = aBrokenTablet()
    state.opens = true
    await store.look()
    const sending = store.send()
    await settle()

    await passes()
    expect(state).toMatchObject({ tried: 0, opened: 0 })
    state.letGo()
    await sending
    await passes()
    expect(state.opened).toBe(1)
  })

  it('is left alone when the page goes', () => {
    const { stop, outside } = aBrokenTablet()

    stop()

    expect(outside.ticks.size).toBe(0)
  })
})

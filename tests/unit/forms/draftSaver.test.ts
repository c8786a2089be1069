import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { failure } from '../../../core/failures.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import type { Failure } from '../../../core/failures.ts'
import { makeDraftSaver, saveWithinMs, type DraftSaver } from '../../../src/forms/draftSaver.ts'
import type { DraftContent } from '../../../src/stores/tablet.ts'
import { anId } from '../../support/screens/fakeTablet.ts'

type Save = (version: number, content: DraftContent) => Promise<Result<number, Failure>>

function aSaver(save: Save): { saver: DraftSaver; typed: (text: string) => void; saved: string[]; unsaved: boolean[] } {
  let text = ''
  const saved: string[] = []
  const unsaved: boolean[] = []
  const saver = makeDraftSaver({ id: anId(), version: 4 }, {
    content: () => ({ answers: { text }, papers: {}, attachments: [], touched: [], place: null, label: '' }),
    nowMs: () => Date.parse('2026-11-24T07:05:00.000Z'),
    onUnsaved: (isUnsaved) => unsaved.push(isUnsaved),
    save: async (_id, version, content) => {
      saved.push(`${version}:${String(content.answers['text'])}`)
      return save(version, content)
    },
  })
  const typed = (next: string): void => {
    text = next
    saver.changed()
  }
  return { saver, typed, saved, unsaved }
}
const next: Save = (version) => Promise.resolve(ok(version + 1))

describe('saving as somebody types', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('saves within 800 ms of the first key, however fast the others follow', async () => {
    const { typed, saved } = aSaver(next)
    expect(saveWithinMs).toBe(800)

    for (let key = 1; key <= 8; key += 1) {
      typed('x'.repeat(key))
      await vi.advanceTimersByTimeAsync(100)
    }

    expect(saved).toEqual(['4:xxxxxxxx'])
  })

  it('calls nothing saved before the save is committed', async () => {
    let commit: (answer: Result<number, Failure>) => void = () => undefined
    const { saver, typed } = aSaver(() => new Promise((resolve) => { commit = resolve }))
    typed('a')
    expect(saver.state.value.is).toBe('unsaved')

    const flushed = saver.flush()
    expect(saver.state.value.is).toBe('saving')

    commit(ok(5))
    await flushed
    expect(saver.state.value).toEqual({ is: 'saved', atMs: Date.parse('2026-11-24T07:05:00.000Z') })
  })

  it('saves again what was typed during a save, on the version that the first made', async () => {
    let commit: () => void = () => undefined
    let first = true
    const { saver, typed, saved } = aSaver((version) => {
      if (!first) return next(version, { answers: {}, papers: {}, attachments: [], touched: [], place: null, label: '' })
      first = false
      return new Promise((resolve) => { commit = () => { resolve(ok(version + 1)) } })
    })
    typed('a')
    const flushed = saver.flush()
    typed('ab')
    commit()

    expect(await flushed).toEqual(ok(6))
    expect(saved).toEqual(['4:a', '5:ab'])
  })

  it('keeps what could not be saved and saves it at the next try', async () => {
    let works = false
    const { saver, typed, saved, unsaved } = aSaver((version) => Promise.resolve(works ? ok(version + 1) : fail(failure('storageFull'))))
    typed('a')
    await saver.flush()
    expect(saver.state.value).toEqual({ is: 'failed', failure: { kind: 'storageFull' } })
    expect(unsaved).toEqual([true])

    works = true
    await saver.flush()

    expect(saved).toEqual(['4:a', '4:a'])
    expect(saver.state.value.is).toBe('saved')
    expect(unsaved).toEqual([true, false])
  })

  it('writes nothing over a draft that another window has changed', async () => {
    const { saver, typed, saved } = aSaver(() => Promise.resolve(fail(failure('draftChanged'))))
    typed('a')
    await saver.flush()
    typed('ab')
    await vi.advanceTimersByTimeAsync(5000)

    expect(await saver.flush()).toEqual({ ok: false, failure: { kind: 'draftChanged' } })
    expect(saved).toEqual(['4:a'])
  })

  it('holds nothing back for a draft that is gone: nothing can be saved any more, and it says so', async () => {
    const { saver, typed, saved, unsaved } = aSaver(() => Promise.resolve(fail(failure('notFound'))))
    typed('a')
    await saver.flush()
    typed('ab')
    await vi.advanceTimersByTimeAsync(5000)

    expect(await saver.flush()).toEqual({ ok: false, failure: { kind: 'notFound' } })
    expect(saver.state.value).toEqual({ is: 'gone' })
    expect(saved).toEqual(['4:a'])
    expect(unsaved).toEqual([true, false])
  })

  it('has nothing left to save once the draft was ended here, even in the middle of a save', async () => {
    let answer: (answer: Result<number, Failure>) => void = () => undefined
    const { saver, typed, saved, unsaved } = aSaver(() => new Promise((resolve) => { answer = resolve }))
    typed('a')
    const flushed = saver.flush()
    typed('ab')
    saver.end()
    answer(fail(failure('notFound')))
    await flushed
    typed('abc')
    await vi.advanceTimersByTimeAsync(5000)

    expect(await saver.flush()).toEqual(ok(4))
    expect(saver.state.value.is).not.toBe('failed')
    expect(saved).toEqual(['4:a'])
    expect(unsaved.at(-1)).toBe(false)
  })
})

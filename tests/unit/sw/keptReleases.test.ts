import { describe, expect, it } from 'vitest'
import { releasesToForget } from '../../../src/sw/keptReleases.ts'

const [first, second, third, own] = ['first', 'second', 'third', 'own']
const kept = (cache: string, ...windows: string[]) => ({ cache, windows })

describe('the releases that a tablet keeps', () => {
  it('lose an older one when no open window shows it', () => {
    expect(releasesToForget(own, [kept(first, 'closed'), kept(second), kept(own, 'here')], ['here'])).toEqual([first, second])
  })

  it('keep every one that an open window shows, however old', () => {
    expect(releasesToForget(own, [kept(first, 'old'), kept(second, 'closed'), kept(third, 'other'), kept(own, 'here')], ['old', 'other', 'here'])).toEqual([second])
  })

  it('keep all while a window is open that no release knows', () => {
    expect(releasesToForget(own, [kept(first), kept(own, 'here')], ['here', 'from before the marks'])).toEqual([])
  })

  it('keep the newest, which may be half downloaded, and never lose their own', () => {
    expect(releasesToForget(own, [kept(first), kept(own), kept(second), kept(third)], [])).toEqual([first, second])
  })
})

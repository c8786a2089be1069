import { describe, expect, test } from 'vitest'
import type { AtOffice, History, Line, OnTablet } from '../lab/history.ts'
import { checkHistory } from './checkHistory.ts'

const finalised: Line = { what: 'finalised', tablet: 'T1', id: 'a', digest: 'd', atMs: 0 }
const whole: Line = { what: 'whole', id: 'a', digest: 'd', atMs: 5 }
const settled: Line = { what: 'settled', tablet: 'T1', id: 'a', state: 'complete', atMs: 10 }
const onTablet = (change: Partial<OnTablet> = {}): OnTablet => ({ tablet: 'T1', id: 'a', digest: 'd', state: 'complete', held: true, ...change })
const atOffice = (change: Partial<AtOffice> = {}): AtOffice => ({ id: 'a', digest: 'd', whole: true, opens: true, ...change })
const aHistory = (change: { lines?: readonly Line[]; tablets?: readonly OnTablet[]; office?: readonly AtOffice[]; atMs?: number } = {}): History => ({
  lines: change.lines ?? [finalised, whole, settled],
  ending: { tablets: change.tablets ?? [onTablet()], office: change.office ?? [atOffice()], atMs: change.atMs ?? 100 },
})
const breachesOf = (history: History): string[] => checkHistory(history).map(({ breach }) => breach)

describe('the judge', () => {
  test('has nothing to say of an application that arrived once', () => {
    expect(breachesOf(aHistory())).toEqual([])
  })

  test('calls lost what lies neither at the office nor with its bytes on a tablet, and silent when nobody was told', () => {
    const lost = { tablets: [onTablet({ held: false })], office: [] as AtOffice[], lines: [finalised] }
    expect(breachesOf(aHistory(lost))).toEqual(['lost', 'silent', 'contradicted'])
    expect(breachesOf(aHistory({ ...lost, tablets: [], lines: [finalised, { what: 'alarm', tablet: 'T1', atMs: 5 }] }))).toEqual(['lost'])
  })

  test('calls lost what the office holds under other bytes only', () => {
    expect(breachesOf(aHistory({ office: [atOffice({ digest: 'other' })], tablets: [] }))).toEqual(['lost', 'silent'])
  })

  test('calls duplicated one id twice at the office, or under two digests', () => {
    expect(breachesOf(aHistory({ office: [atOffice(), atOffice()] }))).toEqual(['duplicated'])
    expect(breachesOf(aHistory({ office: [atOffice({ digest: 'other' })], tablets: [onTablet({ state: 'queued' })] }))).toEqual(['duplicated'])
  })

  test('calls contradicted a complete of what the office does not hold whole', () => {
    expect(breachesOf(aHistory({ office: [atOffice({ whole: false })] }))).toEqual(['contradicted'])
    expect(breachesOf(aHistory({ lines: [finalised, settled, whole] }))).toEqual(['contradicted'])
  })

  test('calls purged what was given up before complete was stored', () => {
    const purged: Line = { what: 'purged', tablet: 'T1', id: 'a', covered: true, atMs: 5 }
    expect(breachesOf(aHistory({ lines: [finalised, whole, purged, settled] }))).toEqual(['purged'])
    expect(breachesOf(aHistory({ lines: [finalised, whole, settled, purged] }))).toEqual([])
  })

  test('calls stuck what is open more than a minute after all was well', () => {
    const open = { lines: [finalised, { what: 'healed', atMs: 100 } as const], tablets: [onTablet({ state: 'queued' })], office: [] as AtOffice[] }
    expect(breachesOf(aHistory({ ...open, atMs: 160_100 }))).toEqual(['stuck'])
    expect(breachesOf(aHistory({ ...open, atMs: 150 }))).toEqual([])
  })

  test('calls undecryptable what was taken in and does not open', () => {
    expect(breachesOf(aHistory({ office: [atOffice({ opens: false })] }))).toEqual(['undecryptable'])
  })
})

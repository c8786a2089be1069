import { describe, expect, test } from 'vitest'
import type { AtOffice, History, Line, OnTablet } from '../lab/history.ts'
import { checkHistory } from './checkHistory.ts'

const finalised: Line = { what: 'finalised', tablet: 'T1', id: 'a', digest: 'd', atMs: 0 }
const whole: Line = { what: 'whole', id: 'a', digest: 'd', atMs: 5 }
const settled: Line = { what: 'settled', tablet: 'T1', id: 'a', state: 'complete', atMs: 10 }
const received: Line = { what: 'settled', tablet: 'T1', id: 'a', state: 'received', atMs: 8 }
const offeredAgain: Line = { what: 'offeredAgain', tablet: 'T1', id: 'a', atMs: 20 }
const restored: Line = { what: 'restored', atMs: 15 }
const purged: Line = { what: 'purged', tablet: 'T1', id: 'a', covered: true, atMs: 30 }
const healed: Line = { what: 'healed', atMs: 100 }
const onTablet = (change: Partial<OnTablet> = {}): OnTablet => ({ tablet: 'T1', id: 'a', digest: 'd', state: 'complete', held: true, ...change })
const atOffice = (change: Partial<AtOffice> = {}): AtOffice => ({ id: 'a', digest: 'd', whole: true, opens: true, ...change })
const counts = { received: 1, complete: 1, cases: 1 }

interface Change {
  readonly lines?: readonly Line[]
  readonly tablets?: readonly OnTablet[]
  readonly office?: readonly AtOffice[]
  readonly disputed?: readonly { readonly id: string; readonly digest: string }[]
  readonly atMs?: number
}
const aHistory = ({ lines, tablets, office, disputed = [], atMs = 100 }: Change = {}): History => ({
  lines: lines ?? [finalised, whole, settled],
  ending: { tablets: tablets ?? [onTablet()], office: office ?? [atOffice()], disputed, atMs },
})
const breachesOf = (change: Change = {}): string[] => checkHistory(aHistory(change)).map(({ breach }) => breach)
const none: readonly AtOffice[] = []

describe('the judge', () => {
  test('has nothing to say of an application that arrived once', () => {
    expect(breachesOf()).toEqual([])
    expect(breachesOf({ office: [atOffice({ counts })] })).toEqual([])
  })

  test('calls it misled when a tablet sends its person to an officer for nothing', () => {
    expect(breachesOf({ lines: [finalised, whole, settled, { what: 'misled', tablet: 'T1', atMs: 3 }] })).toEqual(['misled'])
  })

  test('calls it overlapping when a sender begins a request before its last one has ended', () => {
    expect(breachesOf({ lines: [finalised, whole, settled, { what: 'overlapped', tablet: 'T1', atMs: 3 }] })).toEqual(['overlapping'])
  })

  test('calls lost what lies neither at the office nor with its bytes on a tablet, and silent when nobody was told', () => {
    const lost = { tablets: [onTablet({ held: false })], office: none, lines: [finalised] }
    expect(breachesOf(lost)).toEqual(['lost', 'silent', 'contradicted'])
    expect(breachesOf({ ...lost, tablets: [], lines: [finalised, { what: 'alarm', tablet: 'T1', atMs: 5 }] })).toEqual(['lost'])
    expect(breachesOf({ ...lost, tablets: [], lines: [finalised, { what: 'alarm', tablet: 'T2', atMs: 5 }] })).toEqual(['lost', 'silent'])
  })

  test('calls lost what the office holds under other bytes only, unless it keeps both', () => {
    const other = { office: [atOffice({ digest: 'other' })], tablets: [] }
    expect(breachesOf(other)).toEqual(['lost', 'silent'])
    expect(breachesOf({ ...other, disputed: [{ id: 'a', digest: 'd' }] })).toEqual([])
  })

  test('calls duplicated one id twice at the office, or under two digests', () => {
    expect(breachesOf({ office: [atOffice(), atOffice()] })).toEqual(['duplicated'])
    expect(breachesOf({ office: [atOffice({ digest: 'other' })], tablets: [onTablet({ state: 'queued' })] })).toEqual(['duplicated'])
  })

  test('calls duplicated what came or became complete twice by the ledger, or has two cases', () => {
    for (const member of ['received', 'complete', 'cases'] as const) expect(breachesOf({ office: [atOffice({ counts: { ...counts, [member]: 2 } })] })).toEqual(['duplicated'])
  })

  test('calls duplicated two applications under one number of a tablet', () => {
    const two = (number: string): AtOffice[] => [atOffice({ number: 'k 1' }), atOffice({ id: 'b', number })]
    expect(breachesOf({ office: two('k 2') })).toEqual([])
    expect(breachesOf({ office: two('k 1') })).toEqual(['duplicated'])
  })

  test('calls contradicted a complete of what the office does not hold whole', () => {
    expect(breachesOf({ office: [atOffice({ whole: false })] })).toEqual(['contradicted'])
    expect(breachesOf({ office: [atOffice({ counts: { ...counts, complete: 0 } })] })).toEqual(['contradicted'])
    expect(breachesOf({ lines: [finalised, settled, whole] })).toEqual(['contradicted'])
  })

  test('calls contradicted a state that the office does not share, and an envelope that no ledger and no case knows', () => {
    expect(breachesOf({ tablets: [onTablet({ state: 'received' })], office: none })).toEqual(['contradicted'])
    for (const state of ['refused', 'disputed'] as const) expect(breachesOf({ tablets: [onTablet({ state })] })).toEqual(['contradicted'])
    for (const member of ['received', 'cases'] as const) expect(breachesOf({ office: [atOffice({ counts: { ...counts, [member]: 0 } })] })).toEqual(['contradicted'])
  })

  test('calls backwards a state that went back, unless the office had been put back', () => {
    expect(breachesOf({ lines: [finalised, whole, settled, received, settled] })).toEqual(['backwards'])
    expect(breachesOf({ lines: [finalised, whole, settled, offeredAgain, settled] })).toEqual(['backwards'])
    expect(breachesOf({ lines: [finalised, whole, settled, restored, offeredAgain, received, settled] })).toEqual([])
    expect(breachesOf({ lines: [finalised, whole, settled, restored, received] })).toEqual(['backwards'])
  })

  test('lets a tablet that lost its database begin anew, and no other', () => {
    const lost = (tablet: string): Line => ({ what: 'databaseLost', tablet, atMs: 15 })
    expect(breachesOf({ lines: [finalised, whole, settled, lost('T1'), received, settled] })).toEqual([])
    expect(breachesOf({ lines: [finalised, whole, settled, lost('T11'), received, settled] })).toEqual(['backwards'])
  })

  test('calls purged what was given up before complete was stored', () => {
    expect(breachesOf({ lines: [finalised, whole, purged, settled] })).toEqual(['purged'])
    expect(breachesOf({ lines: [finalised, whole, settled, purged] })).toEqual([])
  })

  test('calls purged what was given up while no backup held it and the office has not got', () => {
    const uncovered: Line = { ...purged, covered: false }
    const lines = [finalised, whole, settled, uncovered]
    expect(breachesOf({ lines })).toEqual([])
    expect(breachesOf({ lines, office: none, tablets: [onTablet({ held: false, state: 'queued' })] })).toEqual(['lost', 'silent', 'purged'])
  })

  test('calls stuck what is open more than a minute after all was well', () => {
    const open = { lines: [finalised, healed], tablets: [onTablet({ state: 'queued' })], office: none }
    expect(breachesOf({ ...open, atMs: 160_100 })).toEqual(['stuck'])
    expect(breachesOf({ ...open, atMs: 150 })).toEqual([])
  })

  test('calls stuck what was put aside though the office never said so', () => {
    for (const state of ['refused', 'disputed'] as const) expect(breachesOf({ tablets: [onTablet({ state })], office: none })).toEqual(['stuck'])
    const other = { office: [atOffice({ digest: 'other' })], tablets: [onTablet({ state: 'disputed' })] }
    expect(breachesOf({ ...other, disputed: [{ id: 'a', digest: 'd' }] })).toEqual([])
  })

  test('calls undecryptable what was taken in and does not open', () => {
    expect(breachesOf({ office: [atOffice({ opens: false })] })).toEqual(['undecryptable'])
  })

  test('calls forged an envelope that nobody had the right to send, kept in whatever place', () => {
    const stranger: Line = { what: 'forgedEnvelope', id: 'b', digest: 'x', atMs: 5 }
    const lines = [finalised, whole, settled, stranger]
    expect(breachesOf({ lines })).toEqual([])
    expect(breachesOf({ lines, office: [atOffice(), atOffice({ id: 'b', digest: 'x' })] })).toEqual(['forged'])
    expect(breachesOf({ lines, disputed: [{ id: 'b', digest: 'x' }] })).toEqual(['forged'])
  })

  test('calls forged a state by an outcome that the office never signed', () => {
    const lines: Line[] = [finalised, whole, settled, { what: 'forgedOutcome', outcome: 'f', atMs: 5 }]
    expect(breachesOf({ lines, tablets: [onTablet({ outcome: 'g' })] })).toEqual([])
    expect(breachesOf({ lines, tablets: [onTablet({ outcome: 'f' })] })).toEqual(['forged'])
  })
})

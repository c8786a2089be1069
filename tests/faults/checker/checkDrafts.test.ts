import { describe, expect, test } from 'vitest'
import type { DraftEnding, DraftLine } from '../lab/draftHistory.ts'
import { checkDrafts } from './checkDrafts.ts'

const saved: readonly DraftLine[] = [{ what: 'saving', draft: 'a', mark: '1' }, { what: 'saved', draft: 'a', mark: '1' }]
const saving: DraftLine = { what: 'saving', draft: 'a', mark: '2' }
const there = (mark: string | null): DraftEnding => ({ drafts: [{ draft: 'a', mark }], items: [] })
const gone: DraftEnding = { drafts: [], items: [] }
const sent: DraftEnding = { drafts: [], items: ['a'] }
const breachesOf = (lines: readonly DraftLine[], ending: DraftEnding): string[] => checkDrafts(lines, ending).map(({ breach }) => breach)

describe('the judge of drafts', () => {
  test('has nothing to say of what is there as it was saved, or as it was being saved', () => {
    expect(breachesOf(saved, there('1'))).toEqual([])
    expect(breachesOf([...saved, saving], there('1'))).toEqual([])
    expect(breachesOf([...saved, saving], there('2'))).toEqual([])
  })

  test('asks nothing of a draft that was never shown as saved', () => {
    expect(breachesOf([saving], gone)).toEqual([])
  })

  test('calls lost what is gone, older than what was shown, or other than anybody asked for', () => {
    expect(breachesOf(saved, gone)).toEqual(['lost', 'silent'])
    expect(breachesOf([...saved, saving, { what: 'saved', draft: 'a', mark: '2' }], there('1'))).toEqual(['lost', 'silent'])
    expect(breachesOf(saved, there('3'))).toEqual(['lost', 'silent'])
  })

  test('calls a loss silent only when nobody was told', () => {
    expect(breachesOf([...saved, { what: 'alarm' }], gone)).toEqual(['lost'])
  })

  test('lets a draft be gone whose files were damaged, if a person was told of it afterwards', () => {
    expect(breachesOf([...saved, { what: 'damaged' }, { what: 'alarm' }], gone)).toEqual([])
    expect(breachesOf([...saved, { what: 'damaged' }], gone)).toEqual(['lost', 'silent'])
    expect(breachesOf([{ what: 'damaged' }, { what: 'alarm' }, ...saved], gone)).toEqual(['lost'])
  })

  test('lets a draft be gone that was thrown away, and be an application when it was being finalised', () => {
    expect(breachesOf([...saved, { what: 'discarding', draft: 'a' }], gone)).toEqual([])
    expect(breachesOf([...saved, { what: 'finalising', draft: 'a' }], sent)).toEqual([])
    expect(breachesOf(saved, sent)).toEqual(['lost', 'silent'])
    expect(breachesOf([...saved, { what: 'finalising', draft: 'a' }], gone)).toEqual(['lost', 'silent'])
  })

  test('calls undecryptable what cannot be read, and duplicated what is a draft and an application', () => {
    expect(breachesOf(saved, there(null))).toEqual(['undecryptable'])
    expect(breachesOf([...saved, { what: 'finalising', draft: 'a' }], { drafts: [{ draft: 'a', mark: '1' }], items: ['a'] })).toEqual(['duplicated'])
  })
})

import { describe, expect, it } from 'vitest'
import { base64url, utf8 } from '../../../core/bytes.ts'
import { countTaken, judgeImport, readOutcomes, type ImportedLine, type LineResult } from '../../../desk/outcomes.ts'

const statement = (claims: unknown): string => `${base64url(utf8('{}'))}.${base64url(utf8(JSON.stringify(claims)))}.sig`
const line = (answer: unknown): string => `${JSON.stringify(answer)}\n`

describe('the outcomes of an import', () => {
  it('are read line by line, and a bad line touches no other', () => {
    const file =
      line({ line: 0, outcome: statement({ kind: 'complete', id: '01a2' }), missing: [] }) +
      'not json\n' +
      line({ line: 2, problem: { type: 'urn:tiepsuc:problem:malformed', title: 'malformed', status: 400 } }) +
      line({ line: 3, stored: 'part-name' }) +
      line({ line: 4, outcome: 'no.statement' })

    expect(readOutcomes(file)).toEqual([
      { id: '0', line: 1, result: 'complete', about: '', caseId: null },
      { id: '1', line: 2, result: 'unread', about: '', caseId: null },
      { id: '2', line: 3, result: 'refused', about: 'malformed', caseId: null },
      { id: '3', line: 4, result: 'part', about: 'part-name', caseId: null },
      { id: '4', line: 5, result: 'unread', about: '', caseId: null },
    ])
  })

  it('of an empty file are none', () => {
    expect(readOutcomes('\n')).toEqual([])
  })
})

describe('an import as a whole', () => {
  const lines = (...results: (readonly [LineResult, string?])[]): ImportedLine[] =>
    results.map(([result, about = ''], place) => ({ id: String(place), line: place + 1, result, about, caseId: null }))

  it.each([
    ['good', lines(['complete'], ['received'], ['part'])],
    ['some', lines(['complete'], ['refused', 'deviceUnknown'])],
    ['some', lines(['complete'], ['refused', 'malformed'])],
    ['none', lines(['refused', 'deviceUnknown'], ['disputed'])],
    ['foreign', lines(['refused', 'malformed'], ['refused', 'tooLarge'])],
    ['foreign', lines()],
  ] as const)('is %s', (verdict, read) => {
    expect(judgeImport(read)).toBe(verdict)
  })

  it('counts applications and not their photos', () => {
    expect(countTaken(lines(['complete'], ['part'], ['received'], ['refused', 'malformed']))).toBe(2)
  })
})

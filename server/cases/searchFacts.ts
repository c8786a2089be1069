/**
 * By what a case can be found, and by what it is called in lists. Never by a single family or middle word: their frequency
 * would give them away even as keyed hashes (architecture 1, search).
 */
import { foldVersion, searchKey } from '../../core/identity/fold.ts'
import { givenName, tidyText } from '../../core/identity/names.ts'
import { personalNumberText } from '../../core/identity/personalNumber.ts'
import { phoneKind, phoneText } from '../../core/identity/phone.ts'
import type { Answers } from '../../core/procedure/answers.ts'
import { parsePartialDate } from '../../core/procedure/dates.ts'
import { fieldsOf, type Pack } from '../../core/procedure/pack.ts'
import type { SearchColumn } from '../keys/searchHash.ts'

export interface SearchFact {
  readonly column: SearchColumn
  readonly value: string
}

type Asked = 'personalNumber' | 'phone' | 'name' | 'date' | null

/** The person whose form it is: answers about the requester begin with this. */
const requester = 'nyc.'

/** Facts of an application under its pack; under an unknown pack by the shape of the answers. */
export function searchFactsOf(pack: Pack | null, answers: Answers): readonly SearchFact[] {
  const kinds = new Map(pack === null ? [] : fieldsOf(pack).map(({ id, kind }) => [id, kind]))
  return Object.entries(answers).flatMap(([id, value]) => {
    if (typeof value !== 'string') return []
    switch (pack === null ? guess(id, value) : known(kinds.get(id))) {
      case 'personalNumber':
        return [personalNumberFact(value)]
      case 'phone':
        return [phoneFact(value)]
      case 'name':
        return nameFacts(value, birthYearBeside(id, answers))
      case 'date':
      case null:
        return []
    }
  })
}

/** The name under which a case stands in lists: of the first person that is not the requester, else of the requester. */
export function subjectOf(pack: Pack | null, answers: Answers): string | null {
  const names = pack === null ? Object.keys(answers).filter((id) => id.endsWith('.hoTen')) : fieldsOf(pack).filter(({ kind }) => kind === 'name').map(({ id }) => id)
  const answered = names.filter((id) => typeof answers[id] === 'string' && answers[id] !== '')
  const chosen = answered.find((id) => !id.startsWith(requester)) ?? answered[0]
  const subject = chosen === undefined ? undefined : answers[chosen]
  return typeof subject === 'string' ? subject : null
}

/** What an officer may have typed into the search box; every reading is looked for. */
export function searchFactsFor(query: string): readonly SearchFact[] {
  const text = tidyText(query)
  const facts: SearchFact[] = [codeFact(text)]
  const digits = personalNumberText(text)
  if (/^\d{12}$/.test(digits)) facts.push(personalNumberFact(text))
  if (phoneKind(phoneText(text)) !== null) facts.push(phoneFact(text))
  const withYear = /^(.+?)[\s,]+((?:19|20)\d{2})$/.exec(text)
  if (withYear?.[1] !== undefined && withYear[2] !== undefined) facts.push(...nameFacts(withYear[1], Number(withYear[2])))
  if (/^[^\d]+\s[^\d]+$/.test(text)) facts.push(...nameFacts(text, null))
  return facts
}

/** A local or official code, however it is typed. */
export function codeFact(code: string): SearchFact {
  return { column: 'code', value: code.toUpperCase().replaceAll(/\s+/g, '') }
}

const personalNumberFact = (text: string): SearchFact => ({ column: 'personalNumber', value: personalNumberText(text) })
const phoneFact = (text: string): SearchFact => ({ column: 'phone', value: phoneText(text) })

function nameFacts(name: string, birthYear: number | null): SearchFact[] {
  const whole = searchKey(tidyText(name))
  if (whole === '') return []
  const facts: SearchFact[] = [{ column: 'fullName', value: `${foldVersion} ${whole}` }]
  if (birthYear !== null) facts.push({ column: 'nameAndYear', value: `${foldVersion} ${givenName(whole)} ${birthYear}` })
  return facts
}

/** The year of birth answered about the same person: `con.hoTen` and `con.ngaySinh`. */
function birthYearBeside(id: string, answers: Answers): number | null {
  const person = id.slice(0, id.lastIndexOf('.') + 1)
  const beside = ['ngaySinh', 'namSinh', 'ngayThangNamSinh'].map((name) => answers[`${person}${name}`])
  const years = beside.map((value) => parsePartialDate(typeof value === 'number' ? String(value) : value)?.year)
  return years.find((year) => year !== undefined) ?? null
}

function known(kind: string | undefined): Asked {
  return kind === 'personalNumber' || kind === 'phone' || kind === 'name' || kind === 'date' ? kind : null
}

function guess(id: string, value: string): Asked {
  if (/^\d{12}$/.test(personalNumberText(value))) return 'personalNumber'
  if (phoneKind(phoneText(value)) !== null) return 'phone'
  return id.endsWith('hoTen') ? 'name' : null
}

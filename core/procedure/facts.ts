/**
 * Facts of a visit: what is known of the people at the table, so that nobody says the same thing twice. A field names the
 * fact that it asks for, as `role.property` (`self.fullName`); an answer to it is that fact, and the next procedure of the
 * visit gets it offered. Facts live as long as the visit and are never sent by themselves.
 */
import { answerTo, sameAnswer, type AnswerValue, type Answers } from './answers.ts'
import type { CardFacts } from '../identity/cardQr.ts'
import type { Field, KindName } from './packShape.ts'
import { withoutReplaced } from './samePerson.ts'

/** Whose fact it is: the citizen of the visit, somebody of the family, or whom the case is about (`subject.ts`). */
export const roles = ['self', 'spouse', 'mother', 'father', 'child', 'householder', 'deceased', 'subject'] as const
export type Role = (typeof roles)[number]

/** Kinds of the fields that can ask for a property. */
const kindOfProperty = {
  fullName: 'name',
  birthDate: 'date',
  sex: 'choice',
  pid: 'personalNumber',
  docType: 'choice',
  docNo: 'text',
  docDate: 'date',
  docIssuer: 'text',
  ethnicGroup: 'ethnicGroup',
  nationality: 'country',
  residenceKind: 'choice',
  address: 'address',
  phone: 'phone',
  email: 'email',
} as const satisfies Readonly<Record<string, KindName>>

export type Property = keyof typeof kindOfProperty
export type FactName = `${Role}.${Property}`

/** Where a fact came from; shown beside the answer that it filled. */
export type Origin = 'card' | 'typed'

export interface Fact {
  readonly value: AnswerValue
  readonly origin: Origin
}

export type Facts = Readonly<Partial<Record<FactName, Fact>>>

/** True for a role that there is. */
export const isRole = (text: string): text is Role => roles.some((role) => role === text)
const isProperty = (text: string): text is Property => Object.hasOwn(kindOfProperty, text)

/** A fact's name from a pack, or null when there is no such fact. */
export function readFactName(name: string | undefined): FactName | null {
  const [role = '', property = '', ...others] = (name ?? '').split('.')
  return others.length === 0 && isRole(role) && isProperty(property) ? `${role}.${property}` : null
}

/** True when the fact that the field names exists and is of the field's kind. */
export function fitsFact({ fact, kind }: Field): boolean {
  const name = readFactName(fact)
  return name !== null && kindOfProperty[propertyOf(name)] === kind
}

function propertyOf(name: FactName): Property {
  const property = name.slice(name.indexOf('.') + 1)
  return isProperty(property) ? property : 'fullName'
}

/** A choice that the field does not offer is no answer to it; other values are judged like typed ones. */
const isOffered = ({ kind, choices = [] }: Field, value: AnswerValue): boolean =>
  kind !== 'choice' || choices.some(({ code }) => code === value)

/** The facts that somebody's card tells about the person of a role. */
export function factsFromCard(card: CardFacts, role: Role, origin: Origin): Facts {
  const properties: readonly [string, AnswerValue | undefined][] = Object.entries({ ...card })
  const told = properties.flatMap(([property, value]): [FactName, Fact][] =>
    isProperty(property) && value !== undefined ? [[`${role}.${property}`, { value, origin }]] : [],
  )
  return Object.fromEntries(told)
}

/** Roles whose facts these fields ask for: whose card can be scanned here. */
export function rolesIn(fields: readonly Field[]): readonly Role[] {
  const asked = fields.map(({ fact }) => readFactName(fact)?.split('.')[0])
  return roles.filter((role) => asked.includes(role))
}

/**
 * Where untouched answers came from: those that are what the facts say, by field id. An answer that somebody has touched is
 * his own.
 */
export function originsOf(fields: readonly Field[], answers: Answers, facts: Facts, touched: ReadonlySet<string>): Readonly<Record<string, Origin>> {
  const known = fields.flatMap(({ id, fact }): [string, Origin][] => {
    const name = readFactName(fact)
    const told = name === null ? undefined : facts[name]
    return told !== undefined && !touched.has(id) && sameAnswer(told.value, answerTo(answers, id)) ? [[id, told.origin]] : []
  })
  return Object.fromEntries(known)
}

/** The fact that a field asks for, as far as it is known and the field can hold it. */
export function factFor(field: Field, facts: Facts): Fact | undefined {
  const name = readFactName(field.fact)
  const fact = name === null ? undefined : facts[name]
  return fact === undefined || !isOffered(field, fact.value) ? undefined : fact
}

/** What is known for these fields, by field id. */
export const factsIn = (fields: readonly Field[], facts: Facts): Readonly<Record<string, Fact>> =>
  Object.fromEntries(
    fields.flatMap((field): [string, Fact][] => {
      const fact = factFor(field, facts)
      return fact === undefined ? [] : [[field.id, fact]]
    }),
  )

/** The facts with others told now. They change by the person: where somebody else is told, nothing of the former one stays. */
export const withFacts = (facts: Facts, told: Facts): Facts => ({ ...withoutReplaced(facts, told), ...told })

/** Answers that the facts give to these fields where nothing is answered yet, and the ids of those that it filled. */
export function answersFromFacts(fields: readonly Field[], answers: Answers, facts: Facts): { readonly answers: Answers; readonly filled: readonly string[] } {
  const open = fields.filter(({ id }) => answerTo(answers, id) === undefined)
  const known = Object.entries(factsIn(open, facts)).map(([id, { value }]): [string, AnswerValue] => [id, value])
  return { answers: { ...answers, ...Object.fromEntries(known) }, filled: known.map(([id]) => id) }
}

/**
 * The facts with those that these answers tell. A fact from a card stays "from the card" as long as nobody has answered
 * something else.
 */
export function factsFromAnswers(fields: readonly Field[], answers: Answers, facts: Facts): Facts {
  const told = fields.flatMap((field): [FactName, Fact][] => {
    const name = readFactName(field.fact)
    const value = answerTo(answers, field.id)
    if (name === null || value === undefined) return []
    const known = facts[name]
    return [[name, known !== undefined && sameAnswer(known.value, value) ? known : { value, origin: 'typed' }]]
  })
  return withFacts(facts, Object.fromEntries(told))
}

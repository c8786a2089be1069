/**
 * Finding a procedure by what somebody types or says. First every word must fit. When nothing fits, the words that tell
 * procedures apart must fit for the most part: "tôi muốn xin giấy tờ cho trẻ sơ sinh ở quê" finds a birth by "trẻ sơ sinh",
 * while words that all procedures share find none. Better nothing than the wrong form.
 * Loaded when a list is first looked at, since the index is not needed to show a first page, and built in slices: 1,500
 * procedures at once would hold up a tablet's typing for a second.
 */
import MiniSearch, { type SearchResult } from 'minisearch'
import { fold, searchKey, toneKey } from '../../core/identity/fold.ts'
import type { Offer } from './offer.ts'

/** Words that say nothing about which procedure is meant, in the folded form of `searchKey`. */
const commonWords = new Set(
  [
    'làm giấy tờ thủ tục hồ sơ đơn bản sao đăng ký khai xin cấp cho của và về ở tại với được bị là có không thì mà này đó',
    'tôi mình em ơi ạ muốn nộp đi gì nào người việc mới',
    'a an the i my me we our to of for in on at and or with do how what where get make need want apply form paper papers document documents',
    'procedure register registration certificate certify please new',
  ]
    .join(' ')
    .split(' ')
    .map(searchKey),
)

const wordsOf = (text: string): readonly string[] => text.split(/[\s\p{P}]+/u).filter((word) => word !== '')
const keysOf = (text: string): readonly string[] => [...new Set(wordsOf(text).map(searchKey).filter((word) => word !== ''))]

/** What each code is called, folded. */
type Phrases = ReadonlyMap<string, readonly string[]>

/** Codes that fit the words, best first; of one sector when one is named. */
export type FindOffers = (words: string, sector?: string) => readonly string[]

/** An index that is being built. */
export interface GrowingIndex {
  /** Finds among what is in so far, by the same rules as among all. */
  readonly find: FindOffers
  /** Puts in more until time is up, in the order of the list and at least one; true when all are in. */
  readonly grow: (isTimeUp: () => boolean) => boolean
}

/** The whole index at once. */
export function indexOffers(offers: readonly Offer[]): FindOffers {
  const { find, grow } = growIndex(offers)
  grow(() => false)
  return find
}

/** An index over names, codes, everyday words and summaries, in both languages; empty until it is grown. */
export function growIndex(offers: readonly Offer[]): GrowingIndex {
  const byCode = new Map(offers.map((offer) => [offer.code, offer]))
  const index = new MiniSearch<{ code: string }>({
    fields: ['names', 'everyday', 'more'],
    idField: 'code',
    // A code is one word: 1.001193 must not be found by every 1.
    tokenize: (text) => text.split(/[\s,;:!?()/–-]+/u),
    processTerm: (term) => searchKey(term) || null,
    searchOptions: {
      boost: { names: 3, everyday: 2 },
      prefix: (term, at, all) => term.length > 2 || at === all.length - 1,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      combineWith: 'AND',
      boostDocument: (code) => (byCode.get(String(code))?.version === null ? 1 : 1.3),
    },
  })
  const called = new Map<string, readonly string[]>()
  const rank = makeRank(offers, called)
  const waiting = offers[Symbol.iterator]()
  const grow = (isTimeUp: () => boolean): boolean => {
    for (let next = waiting.next(); next.done !== true; next = waiting.next()) {
      index.add(entryOf(next.value))
      called.set(next.value.code, phrasesOf(next.value).map(phraseKey))
      if (isTimeUp()) return index.documentCount === offers.length
    }
    return true
  }
  const find: FindOffers = (words, sector) => {
    const filter = ({ id }: SearchResult): boolean => sector === undefined || byCode.get(String(id))?.sector === sector
    const whole = index.search(words, { filter })
    const codes = (whole.length > 0 ? whole : fitMostly(index, words, filter, saysPhrase(called, words))).map(({ id }) => String(id))
    return rank(codes, words)
  }
  return { find, grow }
}

function entryOf({ code, name, everyday, summary, sectorName }: Offer) {
  return {
    code,
    names: [name.vi, name.en, code].join(' '),
    everyday: everyday.join(' '),
    more: [summary.vi, summary.en, sectorName.vi, sectorName.en].join(' '),
  }
}

/** More than half of the telling words, in names and everyday words only; only the word being typed may be unfinished. What is called by words that stand together in the sentence comes first. */
function fitMostly(
  index: MiniSearch<{ code: string }>,
  words: string,
  filter: (found: SearchResult) => boolean,
  says: (code: string) => boolean,
): readonly SearchResult[] {
  const telling = keysOf(words).filter((word) => !commonWords.has(word))
  if (telling.length === 0) return []
  const found = index.search(telling.join(' '), {
    ...{ combineWith: 'OR', fields: ['names', 'everyday'], fuzzy: false, filter },
    prefix: (_word, at, all) => at === all.length - 1,
  })
  return found
    .map((entry) => ({ entry, fitting: new Set(entry.queryTerms).size, said: says(String(entry.id)) ? 1 : 0 }))
    .filter(({ fitting }) => fitting * 2 > telling.length)
    .sort((a, b) => b.fitting - a.fitting || b.said - a.said || b.entry.score - a.entry.score)
    .map(({ entry }) => entry)
}

/**
 * Puts first what people call by exactly these words, in the ward's own order; then, when somebody types diacritics, what
 * has the very letters (reference 8.2). Nothing is left out.
 */
function makeRank(offers: readonly Offer[], called: Phrases): (codes: readonly string[], words: string) => readonly string[] {
  const told = new Map(offers.map((offer, at) => [offer.code, { at, offer }]))
  const letters = new Map<string, string>()
  const lettersOf = (code: string): string => {
    const offer = told.get(code)?.offer
    const text = letters.get(code) ?? (offer === undefined ? '' : ` ${wordsOf(toneKey([...phrasesOf(offer), offer.summary.vi].join(' '))).join(' ')}`)
    letters.set(code, text)
    return text
  }
  return (codes, words) => {
    const key = phraseKey(words)
    const named = codes.filter((code) => called.get(code)?.includes(key)).sort((a, b) => (told.get(a)?.at ?? 0) - (told.get(b)?.at ?? 0))
    const others = codes.filter((code) => !named.includes(code))
    const typed = wordsOf(toneKey(words)).filter((word) => fold(word) !== word)
    const fits = (code: string): boolean => typed.every((word) => lettersOf(code).includes(` ${word}`))
    return [...named, ...others.filter(fits), ...others.filter((code) => !fits(code))]
  }
}

/** Whether somebody says one of an offer's phrases, of two words or more, within a longer sentence. */
function saysPhrase(called: Phrases, words: string): (code: string) => boolean {
  const sentence = ` ${phraseKey(words)} `
  return (code) => called.get(code)?.some((key) => key.includes(' ') && sentence.includes(` ${key} `)) ?? false
}

const phrasesOf = ({ name, everyday }: Offer): readonly string[] => [name.vi, name.en, ...everyday]
const phraseKey = (text: string): string => wordsOf(text).map(searchKey).join(' ')

/**
 * Finding a procedure by what somebody types or says. First every word must fit. When nothing fits, the words that tell
 * procedures apart must fit for the most part: "làm giấy tờ cho em bé" finds a birth by "em bé", while "đăng ký kết hôn"
 * shares only words that all procedures share and finds none. Better nothing than the wrong form.
 */
import MiniSearch from 'minisearch'
import { searchKey } from '../../core/identity/fold.ts'
import { packOf, type PackRef } from '../../core/ids.ts'
import type { Texts } from '../../core/procedure/texts.ts'
import type { Locale } from '../i18n/formats.ts'

interface Findable {
  readonly ref: PackRef
  readonly texts: Readonly<Record<Locale, Texts>>
}

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

const wordsOf = (text: string): readonly string[] => [...new Set(text.split(/[\s\p{P}]+/u).map(searchKey).filter((word) => word !== ''))]

/** Refs that fit the words, best first. */
export type FindProcedures = (words: string) => readonly PackRef[]

/** An index over the names, everyday words and summaries of `procedures`, in both languages. */
export function indexProcedures(procedures: readonly Findable[]): FindProcedures {
  const index = new MiniSearch<{ ref: PackRef }>({
    fields: ['names', 'everyday', 'more'],
    idField: 'ref',
    processTerm: (term) => searchKey(term) || null,
    searchOptions: { boost: { names: 3, everyday: 2 }, prefix: true, fuzzy: (term) => (term.length > 4 ? 0.2 : false), combineWith: 'AND' },
  })
  index.addAll(procedures.map(entryOf))
  const refs = new Map<unknown, PackRef>(procedures.map(({ ref }) => [ref, ref]))
  return (words) => {
    const whole = index.search(words)
    return (whole.length > 0 ? whole : fitMostly(index, words)).flatMap(({ id }) => refs.get(id) ?? [])
  }
}

function entryOf({ ref, texts: { vi, en } }: Findable) {
  return {
    ref,
    names: [vi.name, vi.shortName, en.name, en.shortName, packOf(ref).code].join(' '),
    everyday: [...vi.everydayWords, ...en.everydayWords].join(' '),
    more: [vi.summary, en.summary, vi.sector, en.sector].join(' '),
  }
}

/** More than half of the telling words, in names and everyday words only; only the word being typed may be unfinished. */
function fitMostly(index: MiniSearch<{ ref: PackRef }>, words: string) {
  const telling = wordsOf(words).filter((word) => !commonWords.has(word))
  if (telling.length === 0) return []
  const found = index.search(telling.join(' '), { combineWith: 'OR', fields: ['names', 'everyday'], fuzzy: false, prefix: (_word, at, all) => at === all.length - 1 })
  return found
    .map((entry) => ({ entry, fitting: new Set(entry.queryTerms).size }))
    .filter(({ fitting }) => fitting * 2 > telling.length)
    .sort((a, b) => b.fitting - a.fitting || b.entry.score - a.entry.score)
    .map(({ entry }) => entry)
}

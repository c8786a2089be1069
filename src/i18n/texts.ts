/**
 * All words that people read, over Intl and nothing else. The Vietnamese file is the type of every other language, so a
 * missing key does not compile. A text is a string with {places}, or `plural({ one, other })` chosen by the parameter `n`.
 * Nothing here stores anything: the caller hands in the first locale and hears of a change through `onLocale`.
 * Only the shared words are carried here. Tablet and desk each hand in their own, so that a tablet keeps no officer's words.
 */
import { inject, ref, type App, type InjectionKey, type Ref } from 'vue'
import { makeFormats, type Formats, type Locale } from './formats.ts'
import type { Plural } from './plural.ts'
import { sharedWords } from './sharedWords.ts'
import type { Dictionary } from './words.ts'

type Leaf = string | Plural
type Keys<T> = { [K in keyof T & string]: T[K] extends Leaf ? K : `${K}.${Keys<T[K]>}` }[keyof T & string]
/** Every text by its path, such as `common.next` or `failures.offline.text`. */
export type TextKey = Keys<Dictionary>
export type TextParams = Readonly<Record<string, string | number>>

export interface Texts extends Formats {
  readonly locale: Readonly<Ref<Locale>>
  readonly setLocale: (locale: Locale) => void
  /** The text of a key in the present language; numbers among the parameters are written as that language writes them. */
  readonly t: (key: TextKey, params?: TextParams) => string
}

export interface TextsOptions {
  /** The words of this entry's own pages. A key outside of them and of the shared ones shows as itself. */
  readonly words?: Readonly<Record<Locale, object>>
  readonly locale?: Locale
  /** Called once with the first locale and then on each change: sets `<html lang>`, keeps the choice. */
  readonly onLocale?: (locale: Locale) => void
}

function isPlural(node: unknown): node is Plural {
  return typeof node === 'object' && node !== null && 'plural' in node
}

function find(dictionary: object, key: string): Leaf {
  let node: unknown = dictionary
  for (const step of key.split('.')) {
    node = typeof node === 'object' && node !== null && Object.hasOwn(node, step) ? Reflect.get(node, step) : undefined
  }
  return typeof node === 'string' || isPlural(node) ? node : key
}

/** Makes the words of one running page. Install it with `app.use(texts)`; components read it with `useTexts()`. */
export function createTexts(options: TextsOptions = {}): Texts & { install: (app: App) => void } {
  const locale = ref<Locale>(options.locale ?? 'vi')
  const dictionaries: Readonly<Record<Locale, object>> = {
    vi: { ...sharedWords.vi, ...options.words?.vi },
    en: { ...sharedWords.en, ...options.words?.en },
  }
  const formats = makeFormats(
    () => locale.value,
    () => sharedWords[locale.value].common.justNow,
  )

  function t(key: TextKey, params: TextParams = {}): string {
    const leaf = find(dictionaries[locale.value], key)
    const text = isPlural(leaf) ? formats.choosePlural(leaf, Number(params['n'] ?? 0)) : leaf
    return text.replace(/\{(\w+)\}/g, (place, name: string) => {
      const given = params[name]
      return given === undefined ? place : typeof given === 'number' ? formats.formatNumber(given) : given
    })
  }

  function setLocale(next: Locale): void {
    locale.value = next
    options.onLocale?.(next)
  }

  options.onLocale?.(locale.value)
  const texts: Texts = { ...formats, locale, setLocale, t }
  return { ...texts, install: (app) => app.provide(textsKey, texts) }
}

const textsKey: InjectionKey<Texts> = Symbol('texts')
let fallback: Texts | undefined

/** The words of the page around this component; Vietnamese when none were installed (a component mounted alone). */
export function useTexts(): Texts {
  return inject(textsKey, () => (fallback ??= createTexts()), true)
}

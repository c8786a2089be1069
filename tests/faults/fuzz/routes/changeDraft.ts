/** One change to a draft before it is signed: its body as a value or as text, its address, its query. The rest stays good. */
import { utf8 } from '../../../../core/bytes.ts'
import type { Chance } from '../../lab/chance.ts'
import { changedBytes, changedJson, changedText, written } from '../change.ts'
import { nastyText } from '../nasty.ts'
import type { Body, Draft } from './draft.ts'

export type DraftChange = 'body' | 'text' | 'path' | 'query'

/** The draft with one such change. */
export function changedDraft(draft: Draft, change: DraftChange, chance: Chance, mark: string): Draft {
  switch (change) {
    case 'body':
      return { ...draft, body: changedBody(draft.body, chance, mark) }
    case 'text':
      return { ...draft, body: { kind: 'bytes', bytes: changedBytes(bodyBytes(draft.body) ?? utf8(mark), chance) } }
    case 'path':
      return { ...draft, target: changedPath(draft.target, chance, mark) }
    case 'query':
      return { ...draft, target: changedQuery(draft.target, chance, mark) }
  }
}

/** The bytes of a body; none without one. */
export function bodyBytes(body: Body | null): Uint8Array<ArrayBuffer> | null {
  if (body === null) return null
  return body.kind === 'bytes' ? body.bytes : utf8(written(body.value))
}

function changedBody(body: Body | null, chance: Chance, mark: string): Body {
  if (body?.kind === 'json') return { kind: 'bytes', bytes: utf8(changedJson(body.value, chance, mark)) }
  if (body === null) return { kind: 'bytes', bytes: utf8(changedJson({ [mark]: mark }, chance, mark)) }
  return { kind: 'bytes', bytes: chance.oneIn(6) ? new Uint8Array(Buffer.concat([body.bytes, new Uint8Array(300_000)])) : changedBytes(body.bytes, chance) }
}

/** Without halves of letters, which no address can spell. */
const whole = (text: string): string => Buffer.from(text).toString()

/** Ways to write a text into an address, not all of them right. */
const spellings: readonly ((text: string) => string)[] = [
  (text) => encodeURIComponent(whole(text)),
  (text) => encodeURIComponent(encodeURIComponent(whole(text))),
  (text) => Array.from(Buffer.from(text.slice(0, 500)), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  (text) => text.replaceAll(/[^\w.~@%/;,:+-]/g, '_'),
  (text) => `${encodeURIComponent(whole(text))}%`,
  (text) => `%c0%ae${encodeURIComponent(whole(text))}%ff`,
  (text) => `%00${encodeURIComponent(whole(text))}%00`,
]

const spelt = (text: string, chance: Chance): string => chance.pick(spellings)(text.slice(0, 4_000))

function changedPath(target: string, chance: Chance, mark: string): string {
  const [path = '', ...query] = target.split('?')
  const folders = path.split('/')
  const at = chance.oneIn(4) ? 1 + chance.below(folders.length - 1) : folders.length - 1 - chance.below(Math.min(3, folders.length - 1))
  const old = folders[at] ?? ''
  const changed = chance.pick([
    () => spelt(nastyText(chance, mark), chance),
    () => spelt(changedText(old, chance, mark), chance),
    () => `${old}/${mark}`,
    () => `${old}/..`,
    () => `.%2e/${mark}/../${old}`,
    () => `${old}%00${mark}`,
    () => `${old};${mark}=1`,
    () => '',
  ])()
  return [folders.map((folder, index) => (index === at ? changed : folder)).join('/') || '/', ...query].join('?')
}

function changedQuery(target: string, chance: Chance, mark: string): string {
  const [path = '', query = ''] = target.split('?')
  const pairs = query === '' ? [] : query.split('&').map((pair) => pair.split('='))
  const at = chance.below(pairs.length + 1)
  const name = pairs[at]?.[0] ?? chance.pick(['after', 'list', 'digest', 'device', mark, '__proto__', ''])
  const value = spelt(chance.oneIn(2) ? nastyText(chance, mark) : changedText(pairs[at]?.[1] ?? '7', chance, mark), chance)
  const changed = chance.pick([
    () => [...pairs.filter((_, index) => index !== at), [name, value]],
    () => [...pairs, [name, value]],
    () => [[name, value], ...pairs],
    () => pairs.filter((_, index) => index !== at),
    () => [...pairs, ...Array.from({ length: 500 }, () => [name, mark])],
    () => [[`${name}[]`, value], [`${name}[__proto__]`, value]],
  ])()
  return `${path}?${changed.map((pair) => pair.join('=')).join('&')}`
}

/** Values that break readers: texts, numbers and shapes, each with the mark of its input where there is room for one. */
import type { Chance } from '../lab/chance.ts'

/** JSON that no JavaScript value stands for: a number of four hundred digits, a member twice, ten thousand brackets. */
export class RawJson {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

const texts: readonly ((mark: string) => string)[] = [
  () => '',
  (mark) => mark,
  (mark) => `${mark}\u0000`,
  (mark) => `\u0000${mark}`,
  (mark) => `\ud800${mark}`,
  (mark) => `${mark}\udfff`,
  (mark) => `${mark}\u202e\u200d\u2066`,
  (mark) => `Nguyê\u0303n Thi\u0323 ${mark}`,
  (mark) => `\ufeff${mark}`,
  (mark) => `${mark}\r\nSet-Cookie: a=b`,
  (mark) => `${mark}\n${mark}`,
  (mark) => `${mark}${'a'.repeat(10_000)}`,
  (mark) => `${mark}${'ẵ'.repeat(30_000)}`,
  (mark) => `${'👩‍👩‍👧‍👦'.repeat(200)}${mark}`,
  () => '__proto__',
  () => 'constructor',
  () => 'toString',
  (mark) => `../../../etc/${mark}`,
  (mark) => `..%2f..%2f${mark}`,
  (mark) => `%00${mark}`,
  (mark) => `%${mark}`,
  (mark) => `'; drop table officers; -- ${mark}`,
  (mark) => `$\{${mark}}{{${mark}}}`,
  (mark) => `<script>${mark}</script>`,
  () => '0',
  () => '-1',
  () => '1e309',
  () => 'NaN',
  () => '9'.repeat(400),
  () => '2026-02-30',
  () => '2026-11-24T25:61:61.999999999999Z',
  () => '+275760-09-13T00:00:00.001Z',
  () => '0000-00-00',
  () => 'A'.repeat(43),
  () => '________________________________________-__',
  () => '01930000-0000-7000-8000-000000000001',
  () => 'null',
  () => '{"__proto__":{"fuzzed":1}}',
  () => 'eyJhbGciOiJub25lIn0..',
]

const numbers: readonly unknown[] = [
  0, -1, 1.5, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 + 2, 9_007_199_254_740_993, 1e21, 1e300, -1e300, 5e-324, 1_764_000_000_000,
  new RawJson('-0'), new RawJson('1e999'), new RawJson('9'.repeat(400)), new RawJson('0.1e-400'), new RawJson('9223372036854775807'), new RawJson('9223372036854775808'),
]

const shapes: readonly ((mark: string) => unknown)[] = [
  () => null,
  () => true,
  () => [],
  () => ({}),
  (mark) => [mark],
  (mark) => ({ [mark]: mark }),
  (mark) => [[[mark]]],
  (mark) => Array.from({ length: 1_000 }, () => mark),
  () => new RawJson(`${'['.repeat(20_000)}${']'.repeat(20_000)}`),
  () => new RawJson(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`),
  (mark) => new RawJson(`{"__proto__":{"fuzzed":"${mark}"}}`),
  (mark) => new RawJson(`{"constructor":{"prototype":{"fuzzed":"${mark}"}}}`),
  (mark) => new RawJson(`{"a":1,"a":"${mark}"}`),
  (mark) => new RawJson(`"\\ud800${mark}"`),
  (mark) => new RawJson(`"\\u0000${mark}"`),
  (mark) => new RawJson(`"${mark}\\q"`),
  () => new RawJson('nul'),
  () => new RawJson(''),
]

export const nastyText = (chance: Chance, mark: string): string => chance.pick(texts)(mark)

/** A text, a number or a shape; the last may be a RawJson. */
export function nasty(chance: Chance, mark: string): unknown {
  const sort = chance.below(10)
  if (sort < 5) return nastyText(chance, mark)
  return sort < 7 ? chance.pick(numbers) : chance.pick(shapes)(mark)
}

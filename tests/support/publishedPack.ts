/** A small pack as an office publishes it, with its words. */
import { packOf, type PackRef } from '../../core/ids.ts'
import type { PublishedPack } from '../../core/wire/packs.ts'
import { aPackFile } from './packs.ts'

/** A pack of two questions; `changes` are to its rules. */
export function aPublishedPack(ref: PackRef, { name = 'Đăng ký khai sinh', changes = {} }: { name?: string; changes?: Readonly<Record<string, unknown>> } = {}): PublishedPack {
  const words = {
    ...{ format: 1, name, shortName: name, summary: name, everydayWords: ['khai sinh'], sector: 'Hộ tịch' },
    ...{ sections: { con: { title: 'Con' } }, fields: { 'con.hoTen': { label: 'Họ tên' }, 'con.ngaySinh': { label: 'Ngày sinh' } } },
    ...{ problems: {}, documents: {}, feeLines: {}, feeExemptions: {}, deadline: '3 ngày', basis: {}, result: {}, applicants: {}, agencies: { a: 'A', b: 'B' }, related: {} },
  }
  const content = { ...Object.assign({}, aPackFile(changes)), ...packOf(ref), ...changes }
  return { pack: ref, content, texts: { vi: { ...words, locale: 'vi' }, en: { ...words, locale: 'en' } } }
}

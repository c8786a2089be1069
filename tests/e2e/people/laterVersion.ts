/** A ward's own folder of procedures, in which the law changes while somebody is filling in a form. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface PackFile {
  version: string
  sections: { id: string; fields: unknown[] }[]
  documents: unknown[]
  fee: { lines: { id: string; amount: number }[] }
}
interface TextsFile {
  fields: Record<string, unknown>
  documents: Record<string, unknown>
}

const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T
const write = (path: string, content: unknown): void => {
  writeFileSync(path, JSON.stringify(content))
}

/** Version 1.1.0 of the copies from the register: one question more, one paper more, a thousand đồng more for each copy. */
export function publishesLaterExtracts(procedures: string): void {
  const [before, after] = ['1.0.0', '1.1.0'].map((version) => join(procedures, '2.000635', version))
  if (before === undefined || after === undefined) return
  cpSync(before, after, { recursive: true })
  const pack = read<PackFile>(join(after, 'pack.json'))
  pack.version = '1.1.0'
  const asked = { id: 'dungVaoViec', kind: 'text', required: true, maxLength: 60, source: 'made for this test', confidence: 'C' }
  pack.sections[0]?.fields.push(asked)
  pack.documents.push({ id: 'giayGioiThieu', mode: 'submit', kind: 'original', copies: 1, required: true, substitutes: [], replaceableByDatabase: false, source: 'made for this test', confidence: 'C' })
  for (const line of pack.fee.lines) line.amount += 1000
  write(join(after, 'pack.json'), pack)
  for (const [locale, question, paper] of [['vi', 'Bản sao dùng vào việc gì?', 'Giấy giới thiệu'], ['en', 'What is the copy for?', 'Letter of introduction']] as const) {
    const path = join(after, `texts.${locale}.json`)
    const texts = read<TextsFile>(path)
    texts.fields['dungVaoViec'] = { label: question }
    texts.documents['giayGioiThieu'] = { name: paper }
    write(path, texts)
  }
}

import { describe, expect, it } from 'vitest'
import { parseCalendar } from '../../core/procedure/calendar.ts'
import { parsePack } from '../../core/procedure/pack.ts'
import { parseTexts } from '../../core/procedure/texts.ts'
import { generalRules } from '../../core/procedure/problems.ts'
import { generalTexts } from '../support/packs.ts'
import { checkPack } from '../../server/packs/check/checkPack.ts'
import { blocks, packFolders, proceduresFolder, readProcedureFile } from './packsOfRepository.ts'

describe.each(packFolders)('pack $code@$version', ({ code, version, pack, texts }) => {
  it('is accepted, under the code and version of its folder', () => {
    const parsed = parsePack(pack)

    expect(parsed).toMatchObject({ ok: true, value: { code, version } })
  })

  it('passes the check of whoever writes packs', async () => {
    expect(await checkPack(proceduresFolder, code, version, blocks)).toEqual([])
  })

  it('has every word in Vietnamese and in English', () => {
    const parsed = parsePack(pack)
    if (!parsed.ok) throw new Error(parsed.failure.why)

    expect(Object.keys(texts).sort()).toEqual(['en', 'vi'])
    for (const [locale, words] of Object.entries(texts)) {
      expect(parseTexts(words, parsed.value)).toMatchObject({ ok: true, value: { locale } })
    }
  })
})

describe('what all packs share', () => {
  it.each(['vi', 'en'] as const)('has a sentence in %s for every general rule and for no other', (locale) => {
    const texts = generalTexts(locale)

    expect(Object.keys(texts).sort()).toEqual([...generalRules].sort())
  })

  it('has a calendar of holidays that can be read', () => {
    expect(parseCalendar(readProcedureFile('calendar', 'vn.json')).ok).toBe(true)
  })
})

// What a key costs, in counts: 300 questions feel like 30.
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as conditions from '../../../core/procedure/conditions.ts'
import { parsePack } from '../../../core/procedure/pack.ts'
import { parseTexts } from '../../../core/procedure/texts.ts'
import * as validation from '../../../core/procedure/validate.ts'
import { samplePack, sampleTexts } from '../../../src/pages/styleguide/samplePack.ts'
import type { Procedure } from '../../../src/stores/procedures.ts'
import { leave, mountForm, theSample, typeInto, type MountedForm } from '../../support/screens/mountForm.ts'

vi.mock('../../../core/procedure/validate.ts', { spy: true })
vi.mock('../../../core/procedure/conditions.ts', { spy: true })

/** A procedure of so many questions, each asked when the one above it is not "không". */
function longProcedure(count: number): Procedure {
  const ids = Array.from({ length: count }, (_, index) => `cau${index}`)
  const fields = ids.map((id, index) => ({
    id, kind: 'text', required: true, ...(index > 0 ? { when: { '!=': [{ var: `cau${index - 1}` }, 'không'] } } : {}),
  }))
  const pack = parsePack({ ...samplePack, sections: [{ id: 'dai', fields }], checks: [] })
  if (!pack.ok) throw new Error(pack.failure.why)
  const words = { sections: { dai: { title: 'Dài' } }, fields: Object.fromEntries(ids.map((id) => [id, { label: id }])), problems: {} }
  const texts = parseTexts({ ...sampleTexts('vi'), ...words }, pack.value)
  if (!texts.ok) throw new Error(texts.failure.why)
  return { ref: theSample().ref, pack: pack.value, texts: { vi: texts.value, en: texts.value } }
}

let mounted: MountedForm | undefined
beforeEach(() => vi.clearAllMocks())
afterEach(() => {
  mounted?.page.unmount()
  mounted = undefined
})

interface Cost {
  readonly fieldsJudged: number
  readonly wholeForms: number
  readonly conditions: number
}
const costSoFar = (): Cost => ({
  fieldsJudged: vi.mocked(validation.validateField).mock.calls.length,
  wholeForms: vi.mocked(validation.validate).mock.calls.length,
  conditions: vi.mocked(conditions.holds).mock.calls.length,
})

describe('a form of 300 questions', () => {
  it('judges nothing and asks no condition for a key', async () => {
    mounted = await mountForm('dai', {}, [], { procedure: longProcedure(300) })
    vi.clearAllMocks()
    for (const text of ['N', 'Ng', 'Ngh', 'Nghi']) await typeInto(mounted.input('field-cau150'), text)

    expect(costSoFar()).toEqual({ fieldsJudged: 0, wholeForms: 0, conditions: 0 })
  })

  it('judges the one field whose problem is shown while it is being mended', async () => {
    mounted = await mountForm('dai', {}, [], { procedure: longProcedure(300) })
    const field = mounted.input('field-cau150')
    await typeInto(field, 'x')
    await typeInto(field, '')
    await leave(field)
    vi.clearAllMocks()
    await typeInto(field, 'N')
    await typeInto(field, 'Ng')

    expect(vi.mocked(validation.validateField).mock.calls.map(([, id]) => id)).toEqual(['cau150'])
    expect(costSoFar().wholeForms).toBe(0)
  })

  it('renders nothing anew but the field that is typed into', async () => {
    mounted = await mountForm('dai', {}, [], { procedure: longProcedure(300) })
    const inputs = mounted.page.findAll('input').map(({ element }) => element)
    const changed = new Set<Node>()
    const watcher = new MutationObserver((records) => {
      for (const { target } of records) changed.add(target)
    })
    watcher.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
    await typeInto(mounted.input('field-cau150'), 'Nghi')
    await flushPromises()
    watcher.disconnect()

    expect([...changed]).toEqual([])
    expect(mounted.page.findAll('input').map(({ element }) => element)).toEqual(inputs)
  })

  it('goes over the form as often when a field is left as a form of 30 does', async () => {
    const passes: Cost[] = []
    for (const count of [30, 300]) {
      mounted = await mountForm('dai', {}, [], { procedure: longProcedure(count) })
      for (const id of [3, 4, 5]) {
        await typeInto(mounted.input(`field-cau${id}`), 'x')
        await leave(mounted.input(`field-cau${id}`))
      }
      vi.clearAllMocks()
      await typeInto(mounted.input('field-cau20'), 'x')
      await leave(mounted.input('field-cau20'))
      passes.push(costSoFar())
      mounted.page.unmount()
    }
    mounted = undefined
    const [few, many] = passes

    expect([few?.fieldsJudged, few?.wholeForms]).toEqual([many?.fieldsJudged, many?.wholeForms])
    expect(many?.conditions).toBeGreaterThan(0)
    expect(many?.wholeForms).toBeLessThanOrEqual(1)
    expect(many?.fieldsJudged).toBeLessThanOrEqual(2)
  })
})

describe('a list of many rows', () => {
  it('judges nothing and asks no condition for a key in a cell', async () => {
    const rows = Array.from({ length: 3 }, (_, index) => ({ ten: `Trần ${'ABC'[index] ?? ''}`, quanHe: 'con', namSinh: '1990' }))
    mounted = await mountForm('giaDinh', { thanhVien: rows }, [], { procedure: theSample() })
    mounted.form.lists.openRow('thanhVien', 2)
    await flushPromises()
    vi.clearAllMocks()
    await typeInto(mounted.input('field-thanhVien-2-ten'), 'Trần Cam')

    expect(costSoFar()).toEqual({ fieldsJudged: 0, wholeForms: 0, conditions: 0 })
  })
})

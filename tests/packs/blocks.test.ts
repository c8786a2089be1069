import { describe, expect, it } from 'vitest'
import type { Blocks } from '../../server/packs/blocks.ts'
import { expand } from '../../server/packs/expand.ts'

const blocks: Blocks = new Map([
  [
    'person.1',
    {
      format: 1,
      fields: [
        { id: 'name', kind: 'name', required: true, fact: '.fullName' },
        { id: 'born', kind: 'date', required: { '!!': [{ var: '.name' }] } },
        { id: 'phone', kind: 'phone', required: true, when: { '!!': [{ var: '.born' }] } },
      ],
      sections: [],
      documents: [],
      checks: [
        { id: 'young', field: 'born', level: 'warning', when: { '<': [{ yearsBetween: [{ var: '.born' }, { var: 'today' }] }, 18] } },
        { id: 'callable', field: 'phone', level: 'info', when: { '!': [{ '!!': [{ var: '.phone' }] }] } },
      ],
      derivations: [{ target: 'phone', value: { var: '.name' } }],
      texts: {
        en: { format: 1, locale: 'en', sections: {}, documents: {}, problems: { young: 'Young.', callable: 'No phone.' }, fields: { name: { label: 'Name of {who}' }, born: { label: 'Born' }, phone: { label: 'Phone' } } },
      },
    },
  ],
])

const packWith = (...fields: readonly unknown[]) => ({ sections: [{ id: 'who', fields }], documents: [], checks: [], derivations: [] })
function put(...fields: readonly unknown[]) {
  const expanded = expand(packWith(...fields), blocks)
  if (!expanded.ok) throw new Error(expanded.failure.why)
  return expanded.value
}

describe('a block in a pack', () => {
  it('stands under the name that the pack gives it, with its conditions', () => {
    expect(put({ use: 'person.1', as: 'mother', only: ['name', 'born'] }).pack).toEqual({
      sections: [
        {
          id: 'who',
          fields: [
            { id: 'mother.name', kind: 'name', required: true },
            { id: 'mother.born', kind: 'date', required: { '!!': [{ var: 'mother.name' }] } },
          ],
        },
      ],
      documents: [],
      checks: [{ id: 'mother.young', field: 'mother.born', level: 'warning', when: { '<': [{ yearsBetween: [{ var: 'mother.born' }, { var: 'today' }] }, 18] } }],
      derivations: [],
    })
  })

  it('brings no check and no suggestion about a field that the pack left out', () => {
    expect(put({ use: 'person.1', as: 'mother', without: ['phone'] }).pack).toMatchObject({ checks: [{ id: 'mother.young' }], derivations: [] })
  })

  it('asks for the facts of whom the pack names, and else of nobody', () => {
    expect(put({ use: 'person.1', as: 'a', only: ['name'], fact: 'mother' }).pack).toMatchObject({ sections: [{ fields: [{ fact: 'mother.fullName' }] }] })
    expect(JSON.stringify(put({ use: 'person.1', as: 'a', only: ['name'] }).pack)).not.toContain('fact')
  })

  it('takes the condition, the requirement and the changes of the pack', () => {
    const { pack } = put({ use: 'person.1', as: 'a', only: ['name', 'phone'], when: { var: 'x' }, required: { var: 'y' }, change: { name: { warnLength: 9 }, phone: { when: null } } })

    expect(pack).toMatchObject({
      sections: [
        {
          fields: [
            { id: 'a.name', when: { var: 'x' }, required: { var: 'y' }, warnLength: 9 },
            { id: 'a.phone', when: { var: 'x' }, required: { var: 'y' } },
          ],
        },
      ],
    })
  })

  it('asks a field only when both the pack and the block say so', () => {
    expect(put({ use: 'person.1', as: 'a', when: { var: 'x' } }).pack).toMatchObject({
      sections: [{ fields: [{}, {}, { id: 'a.phone', when: { and: [{ var: 'x' }, { '!!': [{ var: 'a.born' }] }] } }] }],
    })
  })

  it('has its words filled in, and the words of the pack win', () => {
    const { texts } = put({ use: 'person.1', as: 'mother', without: ['phone'] })

    expect(texts({ locale: 'en', uses: { mother: { who: 'the mother' } }, fields: { 'mother.born': { label: 'Own' } }, problems: {} })).toEqual({
      locale: 'en',
      sections: {},
      documents: {},
      fields: { 'mother.name': { label: 'Name of the mother' }, 'mother.born': { label: 'Own' } },
      problems: { 'mother.young': 'Young.' },
    })
  })

  it('that the pack does not use gets no words', () => {
    expect(put({ use: 'person.1', as: 'mother' }).unusedWords({ locale: 'en', uses: { mother: { who: 'the mother' }, motehr: { who: 'x' } } })).toEqual(['motehr'])
  })

  it.each<[object, string, readonly (string | number)[]]>([
    [{ use: 'nobody.9', as: 'a' }, 'nobody.9: no such block', ['use']],
    [{ use: 'person.1', as: 'a', onyl: [] }, 'person.1: onyl does not fit', ['onyl']],
    [{ use: 'person.1', as: 'a', without: ['phone', 'nmae'] }, 'person.1: without names nmae, which the block does not have', ['without', 1]],
    [{ use: 'person.1', as: 'a', only: ['nmae'] }, 'person.1: only names nmae, which the block does not have', ['only', 0]],
    [{ use: 'person.1', as: 'a', change: { nmae: { required: false } } }, 'person.1: change names nmae, which the block does not have', ['change', 'nmae']],
    [{ use: 'person.1', as: 'a', without: ['phone'], change: { phone: { required: false } } }, 'person.1: change names phone, which is left out', ['change', 'phone']],
  ])('%j is refused by name, with its place', (field, why, path) => {
    const own = { id: 'own', kind: 'text', required: true }
    expect(expand(packWith(own, field), blocks)).toEqual({ ok: false, failure: { why, path: ['sections', 0, 'fields', 1, ...path] } })
  })
})

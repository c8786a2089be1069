import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import SearchSelect from '../../../src/components/SearchSelect.vue'
import { sameChoice, searchChoices } from '../../../src/components/searchChoices.ts'

const groups = ['Kinh', 'Tày', 'Tà-ôi', 'Thái', 'Mông', 'Bru-Vân Kiều', 'An', 'Ân'].map((label) => ({ value: label, label }))
const labels = (query: string): string[] => searchChoices(groups, query).map((choice) => choice.label)

function aSelect(value = '') {
  const select = mount(SearchSelect, { props: { id: 'ethnic', value, choices: groups }, attachTo: document.body })
  const input = select.get<HTMLInputElement>('input')
  input.element.focus()
  return { select, input, told: () => select.emitted('update') }
}

describe('finding one of many', () => {
  it('finds Tày by tay, without marks and by beginnings of words', () => {
    expect(labels('tay')).toEqual(['Tày'])
    expect(labels('van kieu')).toEqual(['Bru-Vân Kiều'])
    expect(labels('ong')).toEqual([])
    expect(labels('')).toHaveLength(8)
  })

  it('puts the very marks first, for An is not Ân', () => {
    expect(labels('ân')).toEqual(['Ân', 'An'])
    expect(sameChoice(groups, 'ân')?.label).toBe('Ân')
  })
})

describe('the searchable list', () => {
  it('chooses with the keys and keeps the focus in the field', async () => {
    const { select, input, told } = aSelect()

    await input.setValue('tay')
    await input.trigger('keydown', { key: 'ArrowDown' })
    expect(input.attributes('aria-activedescendant')).toBe('ethnic-0')
    await input.trigger('keydown', { key: 'Enter' })

    expect(told()).toEqual([['Tày']])
    expect(input.element.value).toBe('Tày')
    expect(input.attributes('aria-expanded')).toBe('false')
    select.unmount()
  })

  it('leaves an Enter alone that ends a composed word', async () => {
    const { select, input, told } = aSelect()

    await input.setValue('tay')
    await input.trigger('keydown', { key: 'ArrowDown' })
    await input.trigger('keydown', { key: 'Enter', isComposing: true })

    expect(told()).toBeUndefined()
    select.unmount()
  })

  it('takes a whole name typed without marks when the field is left', async () => {
    const { select, input, told } = aSelect()

    await input.setValue('tay')
    await input.trigger('blur')
    await flushPromises()

    expect(told()).toEqual([['Tày']])
    select.unmount()
  })

  it('says so when what was typed is none of the list, and loses no letter of it', async () => {
    const { select, input, told } = aSelect('Kinh')

    await input.setValue('Sao Hỏa')
    await select.setProps({ value: '' })
    await input.trigger('blur')
    await flushPromises()

    expect(told()).toEqual([['']])
    expect(input.element.value).toBe('Sao Hỏa')
    expect(select.get('[role=status]').text()).toBe('Chưa chọn mục nào trong danh sách.')
    select.unmount()
  })
})

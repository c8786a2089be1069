import { flushPromises, mount } from '@vue/test-utils'
import { nextTick } from 'vue'
import { describe, expect, it } from 'vitest'
import TextInput from '../../../src/components/TextInput.vue'

/** A mounted field and every value that was ever written to its element by the page, not by the person. */
function aField(value = '') {
  const wrapper = mount(TextInput, { props: { id: 'name', value, kind: 'name' }, attachTo: document.body })
  const element = wrapper.get('input').element
  const written: string[] = []
  const descriptor = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value')
  let typing = false
  Object.defineProperty(element, 'value', {
    configurable: true,
    get: () => descriptor?.get?.call(element) as string,
    set: (next: string) => {
      if (!typing) written.push(next)
      descriptor?.set?.call(element, next)
    },
  })
  const type = async (text: string): Promise<void> => {
    typing = true
    element.value = text
    typing = false
    element.dispatchEvent(new Event('input'))
    await nextTick()
  }
  return { wrapper, element, written, type, told: () => (wrapper.emitted('update') ?? []).map(([told]) => told) }
}

describe('a text field under a Vietnamese keyboard', () => {
  it('tells every letter while a word is composed and never rewrites it, even when the page answers with another value', async () => {
    const field = aField()
    field.element.focus()
    field.element.dispatchEvent(new CompositionEvent('compositionstart'))

    for (const text of ['Ng', 'Nguye', 'Nguyê', 'Nguyễ', 'Nguyễn']) {
      await field.type(text)
      await field.wrapper.setProps({ value: text.toUpperCase() + ' ' })
    }
    await field.wrapper.setProps({ value: 'something quite different' })

    expect(field.written).toEqual([])
    expect(field.told()).toEqual(['Ng', 'Nguye', 'Nguyê', 'Nguyễ', 'Nguyễn'])
  })

  it('keeps up with a keyboard that sends backspaces and retypes without any composition', async () => {
    const field = aField()
    field.element.focus()

    for (const text of ['d', 'dd', 'd', '', 'đ', 'đa', 'đaw', 'đa', 'đ', 'đă']) await field.type(text)
    await field.wrapper.setProps({ value: 'đa' })
    await field.wrapper.setProps({ value: 'đă' })

    expect(field.element.value).toBe('đă')
    expect(field.written).toEqual([])
  })

  it('tells the last word when the field is left before the keyboard has ended it', async () => {
    const field = aField()
    field.element.focus()
    field.element.dispatchEvent(new CompositionEvent('compositionstart'))
    await field.type('Khương')
    await field.wrapper.setProps({ value: 'Khươn' })

    field.element.blur()
    await flushPromises()

    expect(field.told().at(-1)).toBe('Khương')
    expect(field.wrapper.emitted('blur')).toHaveLength(1)
  })

  it('shows what the page made of the text once the field is left', async () => {
    const field = aField()
    field.element.focus()
    await field.type(' hỷ khương ')
    await field.wrapper.setProps({ value: 'HỶ KHƯƠNG' })
    expect(field.element.value).toBe(' hỷ khương ')

    field.element.dispatchEvent(new FocusEvent('blur'))
    field.element.blur()
    await nextTick()
    await field.wrapper.setProps({ value: 'HỶ KHƯƠNG' })
    await nextTick()

    expect(field.element.value).toBe('HỶ KHƯƠNG')
  })

  it('takes a value from outside while it has the focus, such as a scanned card', async () => {
    const field = aField()
    field.element.focus()

    await field.wrapper.setProps({ value: 'CÔNG TẰNG TÔN NỮ HỶ KHƯƠNG' })

    expect(field.element.value).toBe('CÔNG TẰNG TÔN NỮ HỶ KHƯƠNG')
  })

  it('asks the browser to keep, correct and check nothing', () => {
    const { element } = aField('Lê Văn Ỷ')

    expect(element.value).toBe('Lê Văn Ỷ')
    expect(['autocomplete', 'autocorrect', 'spellcheck', 'autocapitalize'].map((name) => element.getAttribute(name))).toEqual([
      'off',
      'off',
      'false',
      'words',
    ])
  })
})

import { mount } from '@vue/test-utils'
import { h } from 'vue'
import { describe, expect, it } from 'vitest'
import FieldShell from '../../../src/components/FieldShell.vue'
import TextInput from '../../../src/components/TextInput.vue'
import type { FieldProps } from '../../../src/components/field.ts'

const aShell = (props: Record<string, unknown>) =>
  mount(FieldShell, {
    props: { id: 'me.hoTen', label: 'Họ, chữ đệm, tên', ...props },
    slots: { default: (field: FieldProps) => h(TextInput, { ...field, value: '' }) },
  })

describe('the frame of a field', () => {
  it('ties label, hint, problem and warning to the input', () => {
    const shell = aShell({ hint: 'Viết đúng như trên thẻ', problem: 'Vui lòng điền', warning: 'Tên dài' })
    const input = shell.get('input')

    expect(shell.get('label').attributes('for')).toBe('me.hoTen')
    expect(input.attributes()).toMatchObject({
      'id': 'me.hoTen',
      'aria-describedby': 'me.hoTen-hint me.hoTen-problem me.hoTen-warning',
      'aria-invalid': 'true',
      'aria-required': 'true',
    })
    expect(shell.get('[id="me.hoTen-problem"]').text()).toContain('Vui lòng điền')
  })

  it('says in words that a field may be left empty', () => {
    const shell = aShell({ optional: true })

    expect(shell.get('label').text()).toBe('Họ, chữ đệm, tên (không bắt buộc)')
    expect(shell.get('input').attributes('aria-required')).toBeUndefined()
    expect(shell.get('input').attributes('aria-describedby')).toBeUndefined()
  })

  it('is a fieldset with a legend for a group, and bears the id itself', () => {
    const shell = mount(FieldShell, {
      props: { id: 'birth', label: 'Ngày sinh', group: true, problem: 'Ngày không hợp lệ' },
      slots: { default: () => h('span') },
    })

    const fieldset = shell.get('fieldset')
    expect(fieldset.attributes()).toMatchObject({ 'id': 'birth', 'aria-describedby': 'birth-problem' })
    expect(shell.get('legend').text()).toBe('Ngày sinh')
  })
})

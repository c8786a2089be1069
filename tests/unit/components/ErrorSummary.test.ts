import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent } from 'vue'
import ErrorSummary from '../../../src/components/ErrorSummary.vue'

const Page = defineComponent({
  components: { ErrorSummary },
  emits: ['go'],
  setup: () => ({
    problems: [
      { fieldId: 'con.hoTen', text: 'Vui lòng nhập họ, chữ đệm và tên.' },
      { fieldId: 'con.ngaySinh', text: 'Ngày không hợp lệ.' },
    ],
  }),
  template: `<ErrorSummary :problems="problems" @go="$emit('go', $event)" />
    <input id="con.hoTen"><fieldset id="con.ngaySinh"><input id="con.ngaySinh-day"></fieldset>`,
})

afterEach(() => {
  document.body.replaceChildren()
})

describe('the error summary', () => {
  it('takes the focus when it appears and counts what is wrong', () => {
    const page = mount(Page, { attachTo: document.body })

    expect(document.activeElement).toBe(page.get('[role=alert]').element)
    expect(page.get('h2').text()).toBe('Có 2 chỗ cần sửa')
  })

  it('leads to the field, or to the first input of a group', async () => {
    const page = mount(Page, { attachTo: document.body })
    const links = page.findAll('a')

    await links[0]?.trigger('click')
    await flushPromises()
    expect(document.activeElement?.id).toBe('con.hoTen')

    await links[1]?.trigger('click')
    await flushPromises()
    expect(document.activeElement?.id).toBe('con.ngaySinh-day')
    expect(page.emitted('go')).toEqual([['con.hoTen'], ['con.ngaySinh']])
  })
})

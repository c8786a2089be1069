import { mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import type { PackRef } from '../../../core/ids.ts'
import PacksTooNew from '../../../src/pages/parts/PacksTooNew.vue'
import { birthContent } from '../../support/screens/birth.ts'
import { screenApp } from '../../support/screens/screenApp.ts'

it('procedures that need a newer app are named as people know them, a wholly new one by its code, and nothing is said when there are none', async () => {
  const screen = screenApp()
  screen.texts.setLocale('vi')
  screen.tablet.set.packs([birthContent()])
  const note = mount(PacksTooNew, { global: screen.global })
  expect(note.text()).toBe('')

  screen.tablet.set.tooNew(['1.001193@2.0.0' as PackRef, '9.000001@1.0.0' as PackRef])

  await vi.waitFor(() => expect(note.findAll('li').map((line) => line.text())).toEqual(['Đăng ký khai sinh', 'Thủ tục mới, mã 9.000001']))
  expect(note.text()).toContain('Máy vẫn dùng bản trước. Xin cập nhật ứng dụng.')
})

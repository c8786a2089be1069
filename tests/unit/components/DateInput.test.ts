import { mount } from '@vue/test-utils'
import { nextTick } from 'vue'
import { describe, expect, it } from 'vitest'
import DateInput from '../../../src/components/DateInput.vue'
import { joinDate, splitDate } from '../../../src/components/dateParts.ts'

describe('a date in three boxes', () => {
  it('stores what is known and keeps what is not yet a date as it was typed', () => {
    expect(joinDate({ day: '5', month: '11', year: '1990' })).toBe('1990-11-05')
    expect(joinDate({ day: '', month: '3', year: '1938' })).toBe('1938-03')
    expect(joinDate({ day: '', month: '', year: '1938' })).toBe('1938')
    expect(joinDate({ day: '31', month: '', year: '1990' })).toBe('31//1990')
    expect(joinDate({ day: '1', month: '2', year: '90' })).toBe('1/2/90')
    expect(joinDate({ day: ' ', month: '', year: '' })).toBe('')
  })

  it('shows again exactly what was kept', () => {
    expect(splitDate('1990-11-05')).toEqual({ day: '05', month: '11', year: '1990' })
    expect(splitDate('1938')).toEqual({ day: '', month: '', year: '1938' })
    expect(splitDate('31//1990')).toEqual({ day: '31', month: '', year: '1990' })
  })

  it('tells the whole date at every box and rewrites none while it is typed', async () => {
    const date = mount(DateInput, { props: { id: 'birth', value: '' }, attachTo: document.body })
    const type = async (part: string, digits: string): Promise<void> => {
      const box = date.get<HTMLInputElement>(`#birth-${part}`)
      box.element.focus()
      await box.setValue(digits)
      const told = date.emitted<[string]>('update')?.at(-1)?.[0] ?? ''
      await date.setProps({ value: told })
    }

    await type('day', '5')
    await type('month', '1')
    await type('year', '1990')

    expect(date.emitted('update')).toEqual([['5//'], ['5/1/'], ['1990-01-05']])
    expect(date.get<HTMLInputElement>('#birth-day').element.value).toBe('5')
    date.unmount()
  })

  it('asks only for the year where no more may be known, and tells of leaving once for all three', async () => {
    const date = mount(DateInput, { props: { id: 'birth', value: '', precision: 'year', required: true }, attachTo: document.body })
    const required = ['day', 'month', 'year'].map((part) => date.get(`#birth-${part}`).attributes('aria-required'))
    expect(required).toEqual([undefined, undefined, 'true'])

    const [day, month] = date.findAll<HTMLInputElement>('input')
    day?.element.focus()
    day?.element.dispatchEvent(new FocusEvent('focusout', { bubbles: true, relatedTarget: month?.element ?? null }))
    await nextTick()
    expect(date.emitted('blur')).toBeUndefined()

    day?.element.dispatchEvent(new FocusEvent('focusout', { bubbles: true, relatedTarget: document.body }))
    expect(date.emitted('blur')).toHaveLength(1)
    date.unmount()
  })
})

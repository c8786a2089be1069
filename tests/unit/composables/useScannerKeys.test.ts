import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import type { Burst } from '../../../src/composables/keyBurst.ts'
import { useScannerKeys } from '../../../src/composables/useScannerKeys.ts'

const be = '046190000001||Trần Thị Bé|05031990|Nữ|Thuận Hòa, Thành phố Huế, Thừa Thiên Huế|20082021'

describe('a scanner that acts as a keyboard', () => {
  let page: VueWrapper
  let field: HTMLInputElement
  let bursts: Burst[]
  let atMs: number
  beforeEach(() => {
    bursts = []
    atMs = 1000
    const Page = defineComponent(() => {
      useScannerKeys((burst) => bursts.push(burst))
      return () => h('input')
    })
    page = mount(Page, { attachTo: document.body })
    field = page.find('input').element
    field.value = 'đã gõ'
  })
  afterEach(() => {
    page.unmount()
  })

  /** One real key event, `afterMs` after the one before; the field types what the key says, as a browser would. */
  function key(name: string, afterMs = 8, more: KeyboardEventInit = {}): KeyboardEvent {
    atMs += afterMs
    const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more })
    Object.defineProperty(event, 'timeStamp', { value: atMs })
    field.dispatchEvent(event)
    if ([...name].length === 1 && !event.defaultPrevented) field.value += name
    if (name === 'Backspace') field.value = field.value.slice(0, -1)
    return event
  }
  const scan = (text: string, afterMs = 8): void => {
    for (const name of text) key(name, afterMs)
  }

  it('is heard once, and the field it ran into has its own words again', () => {
    scan(be)
    const enter = key('Enter')

    expect(bursts).toEqual([{ text: be, isDamaged: false }])
    expect(enter.defaultPrevented).toBe(true)
    expect(field.value).toBe('đã gõ')
  })

  it('may end with Tab and hold Shift for capitals', () => {
    key('Shift')
    scan(be)
    key('Tab')

    expect(bursts).toHaveLength(1)
  })

  it('is not a person who types, however many pipes', () => {
    scan(be, 120)
    const enter = key('Enter', 120)

    expect(bursts).toEqual([])
    expect(enter.defaultPrevented).toBe(false)
    expect(field.value).toBe(`đã gõ${be}`)
  })

  it('is not a quick word or a scanned product code', () => {
    scan('8934563138165')
    key('Enter')
    scan('a|b|c|d|e|f')
    key('Enter')

    expect(bursts).toEqual([])
  })

  it('begins anew after a pause: what was typed before is not part of it', () => {
    scan('xin chào')
    atMs += 500
    scan(be)
    key('Enter')

    expect(bursts).toEqual([{ text: be, isDamaged: false }])
    expect(field.value).toBe('đã gõxin chào')
  })

  it('with Unikey on is reported as damaged: letters were taken back and typed anew', () => {
    scan('046190000001||Tran')
    key('Backspace')
    key('Backspace')
    scan('ần Thị Bé|05031990|Nữ|Thuận Hòa, Huế|20082021')
    key('Enter')

    expect(bursts).toEqual([{ text: '046190000001||Trần Thị Bé|05031990|Nữ|Thuận Hòa, Huế|20082021', isDamaged: true }])
  })

  it('with an input method that composes is read from the field', () => {
    scan('046190000001||')
    for (const letter of 'Trần') {
      key('Process', 8, { isComposing: true })
      field.value += letter
    }
    scan(' Thị Bé|05031990|Nữ|Huế|')
    key('Enter')

    expect(bursts).toEqual([{ text: '046190000001||Trần Thị Bé|05031990|Nữ|Huế|', isDamaged: true }])
    expect(field.value).toBe('đã gõ')
  })

  it('is heard no more when the page is left', () => {
    page.unmount()
    scan(be)
    key('Enter')

    expect(bursts).toEqual([])
  })
})

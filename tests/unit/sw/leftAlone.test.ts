import { describe, expect, it } from 'vitest'
import { isLeftAlone } from '../../../src/sw/leftAlone.ts'

const origin = 'https://phuong.example'
const get = (path: string) => isLeftAlone({ method: 'GET', url: `${origin}${path}` }, origin)

describe('the service worker', () => {
  it.each(['/desk', '/desk/', '/desk/inbox?list=open', '/desk.html', '/api/v1/feed', '/api/docs', '/recover', '/recover/'])('leaves %s to the office', (path) => {
    expect(get(path)).toBe(true)
  })

  it.each(['/', '/outbox', '/draft/1', '/assets/main-abc12345.js', '/desktop', '/apis'])('answers for %s', (path) => {
    expect(get(path)).toBe(false)
  })

  it('leaves whatever is not a GET, and other origins', () => {
    expect(isLeftAlone({ method: 'PUT', url: `${origin}/` }, origin)).toBe(true)
    expect(isLeftAlone({ method: 'GET', url: 'https://elsewhere.example/' }, origin)).toBe(true)
  })
})

import { describe, expect, it } from 'vitest'
import { openDeskApi } from '../../../desk/api.ts'
import { aCaseFile, anOfficeOf, aCaseRow, jsonAnswer, problemAnswer, type Answers } from '../../support/deskCases.ts'

const counts = { open: 1, quarantine: 0, decided: 0 }

function anApi(answers: Answers) {
  const ended: string[] = []
  const office = anOfficeOf(answers)
  return { api: openDeskApi(office.send, () => ended.push('ended')), asked: office.asked, ended }
}

describe('the desk asks the office', () => {
  it('reads a page of the inbox', async () => {
    const { api } = anApi({ 'GET /desk/api/inbox': () => jsonAnswer({ cases: [aCaseRow()], counts, next: null }) })

    const answer = await api.inbox('open', null)

    expect(answer.ok && answer.value.cases[0]?.subject).toBe('Nguyễn Đình Minh An')
  })

  it('goes on from a cursor without letting it change the question', async () => {
    const { api, asked } = anApi({ 'GET /desk/api/inbox': () => jsonAnswer({ cases: [], counts, next: null }) })

    await api.inbox('decided', '5&list=open')

    expect(asked[0]?.path).toBe('/desk/api/inbox?list=decided&after=5%26list%3Dopen')
  })

  it.each([
    ['a page of a captive portal', () => new Response('<html>Wi-Fi</html>', { status: 200 })],
    ['a status of no case', () => jsonAnswer({ cases: [{ ...aCaseRow(), status: 'eaten' }], counts, next: null })],
    ['an id that is none', () => jsonAnswer({ cases: [{ ...aCaseRow(), id: '../../me' }], counts, next: null })],
    ['nothing at all', () => new Response('', { status: 200 })],
  ])('shows nothing of %s', async (_what, foreign) => {
    const { api } = anApi({ 'GET /desk/api/inbox': foreign })

    const answer = await api.inbox('open', null)

    expect(answer).toEqual({ ok: false, failure: { kind: 'captivePortal', why: 'foreign answer' } })
  })

  it('names the failure that a problem body names', async () => {
    const { api } = anApi({ 'GET /desk/api/office': () => problemAnswer('unavailable', 503) })

    expect(await api.office()).toEqual({ ok: false, failure: { kind: 'unavailable' } })
  })

  it('tells a dead office from a missing network', async () => {
    const dead = openDeskApi(async () => new Response('Bad gateway', { status: 502 }), () => undefined)
    const away = openDeskApi(() => Promise.reject(new TypeError('Failed to fetch')), () => undefined)
    const slow = openDeskApi(() => Promise.reject(new DOMException('slow', 'TimeoutError')), () => undefined)

    expect(await dead.office()).toEqual({ ok: false, failure: { kind: 'officeDown' } })
    expect(await away.office()).toEqual({ ok: false, failure: { kind: 'offline' } })
    expect(await slow.office()).toEqual({ ok: false, failure: { kind: 'timeout' } })
  })

  it('tells once when the session has ended, and not for a wrong passphrase', async () => {
    const { api, ended } = anApi({
      'GET /desk/api/inbox': () => problemAnswer('notSignedIn', 401),
      'POST /desk/api/sign-in': () => problemAnswer('notSignedIn', 401),
      'GET /desk/api/me': () => problemAnswer('notSignedIn', 401),
    })

    await api.signIn('lan', 'wrong')
    await api.me()
    expect(ended).toEqual([])

    await api.inbox('open', null)
    expect(ended).toEqual(['ended'])
  })

  it('says that the case has moved', async () => {
    const file = aCaseFile()
    const { api } = anApi({ [`POST /desk/api/cases/${file.case.id}/accept`]: () => problemAnswer('conflict', 409) })

    const answer = await api.accept(file.case.id, 1, { code: 'H57.45-261124-0007', resultOn: '2026-11-25' })

    expect(answer).toEqual({ ok: false, failure: { kind: 'conflict' } })
  })

  it('asks for no cached answer and follows no redirect', async () => {
    const inits: RequestInit[] = []
    const api = openDeskApi(async (_input, init) => {
      inits.push(init ?? {})
      return jsonAnswer({ name: 'Lan', username: 'lan' })
    }, () => undefined)

    await api.me()

    expect(inits[0]).toMatchObject({ cache: 'no-store', redirect: 'error', credentials: 'same-origin' })
  })
})

/** One change to a request that is signed already: its method, a header more, another, or one twice. */
import type { Chance } from '../../lab/chance.ts'
import { changedText } from '../change.ts'
import { nastyText } from '../nasty.ts'
import { latin1, type Field, type Wire } from './wire.ts'

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'PROPFIND', 'PURGE', 'QUERY'] as const

/** Another method of the same address. */
export const changedMethod = (wire: Wire, chance: Chance): Wire => ({ ...wire, method: chance.pick(methods) })

const types = [
  '', 'text/plain', 'application/json', 'application/json; charset=utf-16', 'application/json, text/html', 'APPLICATION/JSON', 'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded', 'application/vnd.tiepsuc.envelope+json;', 'application/octet-stream', 'application/vnd.tiepsuc.carrier+ndjson; x="', '; ; ;',
]

/** Headers that somebody in between, or a hostile sender, may add. */
const more: readonly ((chance: Chance, mark: string) => Field)[] = [
  (chance) => ['Content-Type', chance.pick(types)],
  (_, mark) => ['Content-Type', mark],
  (chance) => ['Content-Encoding', chance.pick(['gzip', 'br', 'deflate', 'identity', 'gzip, gzip', 'x'])],
  (chance, mark) => ['Cookie', nastyText(chance, mark)],
  (_, mark) => ['Cookie', `tiepsuc.session_token=${mark}%; tiepsuc.session_token=%E0%A4%A; tiepsuc.session_data={"a":`],
  (_, mark) => ['Cookie', `${mark}=${mark}; `.repeat(200)],
  (chance, mark) => ['Origin', chance.pick(['null', '', `http://${mark}.example`, mark])],
  (_, mark) => ['Authorization', `Bearer ${mark}`],
  (_, mark) => ['Authorization', `Basic ${Buffer.from(`${mark}:${mark}`).toString('base64')}`],
  (chance, mark) => ['X-Forwarded-For', chance.pick([mark, `${mark}, 10.0.0.1`, ', , ,', '::1', `${'10.0.0.1, '.repeat(300)}${mark}`])],
  (_, mark) => ['X-Forwarded-Host', mark],
  (_, mark) => ['X-Forwarded-Proto', mark],
  (_, mark) => ['X-HTTP-Method-Override', mark],
  (chance) => ['Range', chance.pick(['bytes=0-1', 'bytes=-1', 'bytes=9-1', 'bytes=0-0,2-3', 'x'])],
  (chance, mark) => ['If-None-Match', chance.pick(['*', `"${mark}"`, 'W/"', mark])],
  (chance, mark) => ['If-Modified-Since', chance.pick(['Thu, 01 Jan 1970 00:00:00 GMT', mark])],
  (chance, mark) => ['Accept', chance.pick(['', '*/*;q=9', mark])],
  (_, mark) => ['Accept-Language', `${mark};q=1e9`],
  (_, mark) => ['User-Agent', `${mark}<script>`],
  (_, mark) => ['DPoP', mark],
  (_, mark) => ['DPoP', `${mark}.${mark}.${mark}`],
  (_, mark) => [`X-${mark}`, mark],
]

/** One header changed, doubled, left out, or one that does not belong there. */
export function changedHeader(wire: Wire, chance: Chance, mark: string): Wire {
  const at = chance.below(Math.max(1, wire.headers.length))
  const old = wire.headers[at]
  const sort = chance.below(old === undefined ? 1 : 5)
  const added = (): Field => {
    const [name, value] = chance.pick(more)(chance, mark)
    return [name, clean(value)]
  }
  if (old === undefined || sort < 2) {
    const one = added()
    const others = chance.oneIn(2) ? wire.headers : wire.headers.filter(([name]) => name !== one[0])
    return { ...wire, headers: chance.oneIn(2) ? [...others, one] : [one, ...others] }
  }
  const [name, value] = old
  const changed = sort === 2 ? [] : sort === 3 ? [old, old] : [[name, clean(changedText(value, chance, mark))] as const]
  return { ...wire, headers: wire.headers.flatMap((one, index) => (index === at ? changed : [one])) }
}

/** What a client's library would let through: no control letters. Raw requests have them (brokenFrame.ts). */
const clean = (value: string): string => latin1(value).replaceAll(/[\u0000-\u0008\u000a-\u001f\u007f]/g, '').slice(0, 9_000).trim()

/** A good request for an operation of the document. An operation with a body or a parameter that is not known here throws. */
import { utf8 } from '../../../../core/bytes.ts'
import { signEnrolment } from '../../../../core/sealing/enrolment.ts'
import { generateDeviceKey } from '../../../../core/sealing/keys.ts'
import { carrierType } from '../../../../core/wire/carrier.ts'
import { envelopeType } from '../../../../core/wire/envelope.ts'
import { birth } from '../../../support/office.ts'
import type { Chance } from '../../lab/chance.ts'
import { deliver } from './delivered.ts'
import type { Body, Draft } from './draft.ts'
import { fromSchema } from './fromSchema.ts'
import type { Operation } from './operations.ts'
import type { Scene, Tablet } from './scene.ts'
import { carrierOf, insides, sealedFor } from './sealedDrafts.ts'

export interface Making {
  readonly scene: Scene
  readonly operation: Operation
  readonly chance: Chance
  readonly mark: string
  /** Changes that only the maker of signed bytes can make are made here. */
  readonly isChanged: boolean
}

interface Filled {
  readonly body: Body
  readonly after?: Draft['after']
  /** Values of the address that belong to the body. */
  readonly params?: Values
}

/** Of four changed ones, one is asked by somebody else than usual. */
export async function goodDraft(making: Making): Promise<Draft> {
  const { scene, operation, chance } = making
  const usual = operation.tag === 'desk' ? 'officer' : 'tablet'
  const who = making.isChanged && chance.oneIn(4) ? chance.pick(['nobody', 'revoked', 'stranger', 'tablet', 'officer'] as const) : usual
  const tablet = who === 'tablet' ? chance.pick(scene.tablets) : who === 'revoked' ? scene.revoked : who === 'stranger' ? scene.stranger : null
  const filled = operation.takes === null ? null : await fill(making, tablet ?? chance.pick(scene.tablets))
  return {
    operation,
    method: operation.method,
    target: (await pathOf(making, filled?.params)) + queryOf(making),
    type: operation.takes?.type ?? null,
    body: filled?.body ?? null,
    tablet,
    cookie: who === 'officer' ? await cookieFor(making) : null,
    ...(filled?.after === undefined ? {} : { after: filled.after }),
  }
}

async function pathOf(making: Making, given: Values = {}): Promise<string> {
  const { operation } = making
  const known = places.find(([beginning]) => operation.path.startsWith(beginning))
  const values = { ...(await known?.[1](making)), ...given }
  let path = operation.path
  for (const param of operation.params) {
    const value = values[param]
    if (value === undefined) throw new Error(`no good value is known for {${param}} of ${operation.name}`)
    path = path.replace(`{${param}}`, encodeURIComponent(value))
  }
  return path
}

type Values = Readonly<Record<string, string>>

const anyId = '01930000-0000-7000-8000-000000000001'
const anyName = 'A'.repeat(43)
const [packCode = '', packVersion = ''] = birth.split('@')

/** Values in addresses, by how the path begins; the first that fits. */
const places: readonly (readonly [beginning: string, values: (making: Making) => Values | Promise<Values>])[] = [
  ['/desk/api/cases/{id}/attachments', ({ scene, chance }) => recent(scene.photos, chance) ?? { id: anyId, attachment: anyId }],
  ['/desk/api/cases', ({ scene, chance }) => ({ id: recent(scene.stored, chance)?.id ?? anyId })],
  // A good one gets a tablet of its own, in the state from which it can be done.
  ['/desk/api/devices', async ({ scene, chance, operation, isChanged }) => ({
    id: isChanged ? (recent(scene.victims, chance) ?? anyName) : await scene.newDevice(operation.path.endsWith('reinstate') ? 'revoked' : 'waiting'),
  })],
  ['/desk/api/officers', ({ scene, chance }) => ({ username: recent(scene.usernames, chance) ?? 'can.bo.khac' })],
  ['/desk/api/volunteers', async ({ scene, chance }) => {
    if (chance.oneIn(5)) scene.volunteers.push(await scene.newVolunteer())
    return { id: recent(scene.volunteers, chance) ?? anyId }
  }],
  ['/api/v1/envelopes', ({ scene, chance }) => ({ id: recent(scene.stored, chance)?.id ?? anyId })],
  ['/api/v1/outcomes', ({ scene }) => ({ id: scene.stored.at(-1)?.id ?? anyId })],
  ['/api/v1/packs', () => ({ code: packCode, version: packVersion })],
]

/** What is not in the document's parameters, and stands in its words. */
function queryOf({ scene, operation, chance }: Making): string {
  const [last] = scene.stored.slice(-1)
  switch (operation.name) {
    case 'GET /api/v1/feed':
      return `?after=${chance.below(50)}`
    case 'GET /api/v1/outcomes/{id}':
      return `?digest=${last?.digest ?? 'A'.repeat(43)}&device=${last?.device ?? 'A'.repeat(43)}`
    case 'GET /desk/api/inbox':
      return `?list=${chance.pick(['open', 'quarantine', 'decided'])}${chance.oneIn(2) ? '' : `&after=1764000000000.${last?.id ?? anyId}`}`
    default:
      return ''
  }
}

async function fill(making: Making, tablet: Tablet): Promise<Filled> {
  const { scene, operation, chance, mark, isChanged } = making
  const { takes } = operation
  if (takes?.schema) {
    const known = bodies[operation.name]
    if (known !== undefined) return known(making)
    const value = fromSchema(takes.schema, chance, mark)
    return operation.path.startsWith('/desk/api/cases/{id}/') ? decision(making, value) : { body: { kind: 'json', value } }
  }
  switch (takes?.type) {
    case envelopeType: {
      const again = isChanged || !chance.oneIn(4) ? null : recent(scene.stored, chance)
      if (again !== null) return { body: { kind: 'json', value: again.body }, params: { id: again.id } }
      const sealed = await sealedFor(scene, tablet, isChanged ? chance.pick(insides) : 'nothing', chance, mark)
      return { body: { kind: 'json', value: sealed.envelope }, params: { id: sealed.application.id }, after: ({ status }) => (status === 201 ? sealed.keep() : undefined) }
    }
    case carrierType: {
      const { bytes, keep } = await carrierOf(scene, operation.tag === 'desk' && chance.oneIn(2) ? scene.revoked : tablet, isChanged, chance, mark)
      return { body: { kind: 'bytes', bytes }, after: ({ status }) => (status === 200 && !isChanged ? keep() : undefined) }
    }
    case 'application/octet-stream': {
      const { name, bytes } = recent(scene.parts, chance) ?? { name: anyName, bytes: utf8(mark) }
      return { body: { kind: 'bytes', bytes }, params: { name } }
    }
    case undefined:
    default:
      throw new Error(`no good body is known for ${operation.name}`)
  }
}

const json = (value: unknown, after?: Draft['after']): Filled => ({ body: { kind: 'json', value }, ...(after === undefined ? {} : { after }) })

/** Bodies whose members must belong together, or be somebody's. */
const bodies: Readonly<Record<string, (making: Making) => Promise<Filled>>> = {
  'POST /api/v1/enrolments': async ({ scene, chance, isChanged }) => {
    const device = await generateDeviceKey()
    const ticket = !isChanged || chance.oneIn(3) ? (await scene.ticket('enrol')).secret : 'A'.repeat(22)
    const former = isChanged ? [(await generateDeviceKey()).publicJwk] : []
    const proof = await signEnrolment(ticket, device.device, device.privateKey, former)
    return json({ ticket, key: device.publicJwk, ...(former.length === 0 ? {} : { former }), proof }, ({ status }) => {
      if (status === 201) scene.victims.push(device.device)
    })
  },
  'POST /api/v1/badges': async ({ scene, chance, isChanged }) => json({ code: !isChanged || chance.oneIn(3) ? (await scene.ticket('badge')).code : 'ABCD-EFGH' }),
  'POST /api/v1/holdings': async ({ scene }) => json({ held: scene.stored.slice(-5).map(({ id, digest }) => ({ id, digest })) }),
  'POST /desk/api/first': async ({ scene, chance, mark, isChanged }) => {
    const username = `x.${mark.toLowerCase()}`
    const ticket = !isChanged || chance.oneIn(8) ? (await scene.ticket('officer')).secret : 'A'.repeat(22)
    return json({ ticket, name: `Cán ${mark}`, username, password: `mat-khau-${mark}` }, ({ status }) => {
      if (status === 201) scene.usernames.push(username)
    })
  },
  'POST /desk/api/sign-in': async ({ scene, chance, mark, isChanged }) => json(!isChanged || chance.oneIn(4) ? scene.credentials : { username: `x.${mark.toLowerCase()}`, password: mark }),
  'POST /desk/api/cases/{id}/accept': (making) => decision(making, { code: `H57.99.01-261124-${String(making.chance.below(10_000)).padStart(4, '0')}`, resultOn: '2099-11-24' }),
}

/** A good decision gets a case of its own, since it ends it, and names the newest event of it as a page would show it. */
async function decision({ scene, operation, chance, isChanged }: Making, value: unknown): Promise<Filled> {
  const quarantined = operation.path.endsWith('release')
  const known = quarantined ? scene.quarantined : scene.stored.map(({ id }) => id)
  const id = isChanged ? (recent(known, chance) ?? anyId) : await deliver(scene, chance, quarantined)
  return { ...json({ ...(typeof value === 'object' ? value : {}), asOf: await scene.newestOf(id, !isChanged) }), params: { id } }
}

/** An officer who signs out has a session of their own to lose; making one is slow, so of those who change something one in four. */
async function cookieFor({ scene, operation, chance, isChanged }: Making): Promise<string> {
  if (operation.name !== 'POST /desk/api/sign-out') return scene.cookie
  return !isChanged || chance.oneIn(4) ? scene.anotherSession() : `${scene.cookie}x`
}

/** One of the last fifty, or null when there is none yet. */
function recent<T>(list: readonly T[], chance: Chance): T | null {
  return list.length === 0 ? null : chance.pick(list.slice(-50))
}

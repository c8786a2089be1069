/**
 * Demo people and cases, marked so everywhere. They come the way real ones come: a tablet of this process enrols, seals and
 * delivers through the app itself. Their answers are the examples of the packs, about people who do not exist. No officer is
 * made: there is no default password, not even for a demo.
 */
import { applicationBytes, type Application } from '../../core/application/application.ts'
import { utf8 } from '../../core/bytes.ts'
import { isApplicationId, packRef, secretText, uuidv7, type ApplicationId } from '../../core/ids.ts'
import { makeLocalCode } from '../../core/identity/localCode.ts'
import { localMoment } from '../../core/procedure/dates.ts'
import { digestOf, partsDigest } from '../../core/sealing/digest.ts'
import { signEnrolment } from '../../core/sealing/enrolment.ts'
import { signHeader } from '../../core/sealing/header.ts'
import { generateDeviceKey } from '../../core/sealing/keys.ts'
import { seal } from '../../core/sealing/seal.ts'
import { envelopeType, writeEnvelope, type Envelope } from '../../core/wire/envelope.ts'
import { apiBase } from '../../core/wire/version.ts'
import { decide, type Decision } from '../cases/decide.ts'
import type { OfficeApp } from '../http/context.ts'
import type { Office } from '../office.ts'
import { giveBadge, makeVolunteer } from '../people/volunteers.ts'
import { makeTicket } from '../people/tickets.ts'
import { readExamples, type Example } from '../packs/readExamples.ts'
import type { OpenedOffice } from './openOffice.ts'

type Device = Awaited<ReturnType<typeof generateDeviceKey>>

interface DemoTablet {
  readonly device: Device
  readonly badge: string
}

/** The demo tablet's number, apart from those that real tablets get. */
const demoNumber = 'DM'
const byWhom = 'demo'
const maxCases = 8
/** The examples tell of one child; a list of cases must not look like the same case again and again. */
const child = 'Nguyễn Đình Minh An'
const children = ['Lê Thị Thử Hà', 'Tôn Nữ Thử Quỳnh', child, 'Hồ Văn Thử Phúc', 'Phan Thử Ngọc Lam', 'Trần Thử Gia Huy', 'Đặng Thử Bảo Châu', 'Võ Thử Khánh Vy']

/** Adds the demo once; a second start finds it there. */
export async function addDemo({ office, opener }: OpenedOffice, app: OfficeApp, say: (text: string) => void): Promise<void> {
  const there = await office.db.selectFrom('devices').select('id').where('demo', '=', true).limit(1).executeTakeFirst()
  if (there !== undefined) return
  const tablet = await enrolDemoTablet(office, app)
  const examples = await readExamples(office.config.proceduresFolder, office.packs.offered().map(({ ref }) => ref))
  const ids: ApplicationId[] = []
  for (const [at, example] of examples.slice(0, maxCases).entries()) ids.push(await deliver(office, app, tablet, example, at + 1))
  const [first] = examples
  if (first !== undefined) await deliver(office, app, tablet, { ...first, pack: packRef('9.000000', '1.0.0') }, ids.length + 1)
  await opener.settled()
  await decideSome(office, ids)
  say(`Demo: ${ids.length + 1} marked cases of people who do not exist, from tablet ${demoNumber}.`)
}

async function enrolDemoTablet(office: Office, app: OfficeApp): Promise<DemoTablet> {
  const device = await generateDeviceKey()
  const { secret } = await makeTicket(office, { kind: 'enrol', confirmed: true, volunteer: null })
  const proof = await signEnrolment(secret, device.device, device.privateKey)
  await send(office, app, 'POST', '/enrolments', 'application/json', JSON.stringify({ ticket: secret, key: device.publicJwk, proof }))
  await office.db.updateTable('devices').set({ demo: true, number: demoNumber }).where('id', '=', device.device).execute()
  const volunteer = await makeVolunteer(office, 'Nguyễn Thị Thử (dùng thử)', true)
  const { code } = await makeTicket(office, { kind: 'badge', confirmed: false, volunteer })
  const badge = await giveBadge(office, code, device.device)
  if (!badge.ok) throw new Error('the demo badge was refused')
  return { device, badge: badge.value }
}

async function deliver(office: Office, app: OfficeApp, tablet: DemoTablet, example: Example, seq: number): Promise<ApplicationId> {
  const application = applicationOf(office, tablet, example, seq)
  const { envelope, header } = await sealAs(office, tablet.device, application, seq)
  await send(office, app, 'PUT', `/envelopes/${application.id}`, envelopeType, writeEnvelope({ envelope, header }))
  return application.id
}

function applicationOf(office: Office, { badge }: DemoTablet, { pack, today, answers }: Example, sequence: number): Application {
  const id = uuidv7(office.clock.now(), office.random(10))
  if (!isApplicationId(id)) throw new Error('a fresh id is an application id')
  return {
    v: 1,
    id,
    localCode: makeLocalCode({ device: demoNumber, date: localMoment(office.clock.now()).date, sequence }),
    pack,
    packDigest: office.packs.find(pack)?.digest ?? '',
    answers: answers['con.hoTen'] === child ? { ...answers, 'con.hoTen': children[sequence % children.length] ?? child } : { ...answers },
    papers: {},
    attachments: [],
    badge,
    // The day for which the example is right: rules look at the day on which an application was finalised.
    startedAt: `${today}T02:00:00.000Z`,
    finalisedAt: `${today}T02:20:00.000Z`,
    replyKey: secretText(office.random(32)),
  }
}

async function sealAs({ keys }: Office, { device, privateKey }: Device, application: Application, seq: number): Promise<Envelope> {
  const { id, pack } = application
  const sealed = await seal(applicationBytes(application), { id, device, pack, parts: await partsDigest([]) }, keys.keySet)
  if (!sealed.ok) throw new Error('a demo application is too large')
  const header = await signHeader({ id, digest: await digestOf(sealed.value), device, pack, parts: [], seq }, privateKey)
  return { envelope: sealed.value, header }
}

async function send({ config }: Office, app: OfficeApp, method: string, path: string, type: string, body: string): Promise<void> {
  const answer = await app.request(`${config.publicOrigins[0]}${apiBase}${path}`, { method, headers: { 'Content-Type': type }, body: utf8(body) })
  if (!answer.ok) throw new Error(`the demo was answered with ${answer.status}`)
}

/** One of each, so that every list has something to show. */
async function decideSome(office: Office, ids: readonly ApplicationId[]): Promise<void> {
  const today = localMoment(office.clock.now()).date
  const digits = today.slice(2).replaceAll('-', '')
  const decisions: readonly Decision[] = [
    { kind: 'accepted', code: `H57.45-${digits}-0001`, resultOn: today, sameCodeConfirmed: false },
    { kind: 'supplementAsked', message: 'Dùng thử: đề nghị Ông/Bà bổ sung bản gốc giấy chứng sinh.', papers: [] },
    { kind: 'refused', message: 'Dùng thử: hồ sơ không thuộc thẩm quyền của phường.' },
  ]
  for (const [at, decision] of decisions.entries()) {
    const id = ids[at]
    if (id === undefined) continue
    const { status_seq: asOf } = await office.db.selectFrom('cases').select('status_seq').where('id', '=', id).executeTakeFirstOrThrow()
    await decide(office, id, { by: byWhom, asOf }, decision)
  }
}

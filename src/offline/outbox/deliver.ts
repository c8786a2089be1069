/** One request of the outbox: reads the sealed bytes as they were first stored, sends them, and turns the answer into an event. */
import { failure, failures, type Failure } from '../../../core/failures.ts'
import type { ApplicationId } from '../../../core/ids.ts'
import type { KeySet } from '../../../core/sealing/keySet.ts'
import type { Database } from '../db.ts'
import { readKeys } from '../keys.ts'
import { itemRowShape, readRows, type EnvelopeRow, type ItemRow } from '../rows.ts'
import type { Transport } from './overHttp.ts'
import { verdictOf, verdictOfLine } from './outcomes.ts'
import type { PartStore } from './parts.ts'
import { envelopesOf } from './queue.ts'
import type { OutboxEvent, Verdict, Work } from './state.ts'

type Answered = Extract<OutboxEvent, { kind: 'answered' | 'carrierRefused' | 'partStored' | 'partFailed' }>
type WithoutTime<E> = E extends unknown ? Omit<E, 'atMs' | 'chance'> : never
export type DeliveryEvent = WithoutTime<Answered>

export interface DeliverPorts {
  readonly db: Database
  readonly transport: Transport
  readonly parts: PartStore
}

export type Delivery = Exclude<Work, { kind: 'settle' }>

export async function deliver(ports: DeliverPorts, work: Delivery): Promise<DeliveryEvent> {
  switch (work.kind) {
    case 'put':
      return { kind: 'answered', verdicts: await putOne(ports, work.id) }
    case 'carry':
      return carry(ports, work.ids)
    case 'putPart':
      return putPart(ports, work.id, work.part)
  }
}

interface Sendable {
  readonly item: ItemRow
  readonly row: EnvelopeRow
}

/** Items with their bytes, in order; one without readable bytes is reported and holds nobody up. */
async function gather(db: Database, ids: readonly ApplicationId[]): Promise<{ sendable: Sendable[]; lost: Verdict[] }> {
  const items = readRows(itemRowShape, await db.items.bulkGet([...ids]))
  const rows = new Map((await envelopesOf(db, ids)).map((row) => [row.id, row]))
  const sendable = items.flatMap((item) => {
    const row = rows.get(item.id)
    return row === undefined ? [] : [{ item, row }]
  })
  const found = new Set(sendable.map(({ item }) => item.id))
  const lost = ids.filter((id) => !found.has(id)).map((id) => failed(id, failure('storageBroken', 'envelopes')))
  return { sendable, lost }
}

async function putOne({ db, transport }: DeliverPorts, id: ApplicationId): Promise<Verdict[]> {
  const { sendable, lost } = await gather(db, [id])
  const [one] = sendable
  const keySet = await readKeySet(db)
  if (one === undefined || keySet === null) return keySet === null ? [failed(id, failure('keySetInvalid'))] : lost
  const answer = await transport.put(one.row)
  return [answer.ok ? await verdictOf(one.item, answer.value, keySet) : failed(id, answer.failure)]
}

async function carry({ db, transport }: DeliverPorts, ids: readonly ApplicationId[]): Promise<DeliveryEvent> {
  const { sendable, lost } = await gather(db, ids)
  const keySet = await readKeySet(db)
  if (keySet === null) return { kind: 'answered', verdicts: ids.map((id) => failed(id, failure('keySetInvalid'))) }
  if (sendable.length === 0) return { kind: 'answered', verdicts: lost }
  const answer = await transport.carry(sendable.map(({ row }) => row))
  if (!answer.ok) {
    if (isAboutTheCarrier(answer.failure)) return { kind: 'carrierRefused' }
    return { kind: 'answered', verdicts: [...lost, ...sendable.map(({ item }) => failed(item.id, answer.failure))] }
  }
  const lines = new Map(answer.value.map((line) => [line.line, line]))
  const verdicts = await Promise.all(sendable.map(({ item }, line) => verdictOfLine(item, lines.get(line), keySet)))
  return { kind: 'answered', verdicts: [...lost, ...verdicts] }
}

/** An unsigned no to a whole batch says nothing about its applications: each is then asked about alone. */
function isAboutTheCarrier({ kind }: Failure): boolean {
  const { reaction } = failures[kind]
  return reaction !== 'againLater' && reaction !== 'portal' && reaction !== 'officeTime' && reaction !== 'pauseQueue'
}

async function putPart({ transport, parts }: DeliverPorts, id: ApplicationId, part: string): Promise<DeliveryEvent> {
  const bytes = await parts.read(part)
  if (bytes === null) return { kind: 'partFailed', id, part, failure: failure('storageBroken', 'parts') }
  const answer = await transport.putPart(part, bytes)
  return answer.ok ? { kind: 'partStored', id, part } : { kind: 'partFailed', id, part, failure: answer.failure }
}

async function readKeySet(db: Database): Promise<KeySet | null> {
  return (await readKeys(db))?.keySet ?? null
}

const failed = (id: ApplicationId, why: Failure): Verdict => ({ kind: 'failed', id, failure: why })

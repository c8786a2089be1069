/**
 * Sending and carrying without the database: from the second copies and parts in OPFS and the office's public keys in Cache
 * Storage. Nothing is removed and nothing written here, so the database, when it opens again, finds everything as it was and
 * hears the stored outcomes once more. One module for the page of broken storage and for /recover.
 */
import { failure, type Failure } from '../../../core/failures.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import { verifyKeySet, type KeySet } from '../../../core/sealing/keySet.ts'
import { maxCarrierLineBytes } from '../../../core/sealing/limits.ts'
import { carrierType, writeCarrierLine } from '../../../core/wire/carrier.ts'
import { planFiles } from '../outbox/carrierPlan.ts'
import { readWhole } from '../outbox/mirrored.ts'
import { verdictOf } from '../outbox/outcomes.ts'
import type { Transport } from '../outbox/overHttp.ts'
import type { Ledger, MirrorReader, PartReader } from '../ports.ts'
import type { EnvelopeRow, ItemRow } from '../rows.ts'

export interface EmergencyPorts {
  readonly mirror: Pick<MirrorReader, 'names' | 'read'>
  readonly parts: Pick<PartReader, 'read'>
  readonly ledger: Pick<Ledger, 'readKeys'>
  readonly transport: Transport
  /** Copies from elsewhere, such as a database that opens after all. */
  readonly more?: () => Promise<readonly Sealed[]>
}

export type Sealed = Pick<ItemRow, 'id' | 'digest' | 'device' | 'localCode' | 'sequence' | 'queuedAt' | 'parts'> & { readonly envelope: EnvelopeRow }

export interface Holding {
  /** In the order in which they were finalised. */
  readonly sealed: readonly Sealed[]
  readonly unreadable: number
}

/** Everything sealed that can be read without the database. */
export async function readHolding({ mirror, more }: EmergencyPorts): Promise<Holding> {
  const found = new Map<string, Sealed>()
  let unreadable = 0
  for (const name of await mirror.names()) {
    const text = await mirror.read(name)
    const whole = text === null ? null : await readWhole(name, text)
    if (whole === null) unreadable += 1
    else found.set(name, { ...whole.item, envelope: whole.envelope })
  }
  for (const one of (await more?.()) ?? []) found.set(`${one.id}.${one.digest}`, one)
  const sealed = [...found.values()].sort((one, other) => one.queuedAt.localeCompare(other.queuedAt) || one.sequence - other.sequence)
  return { sealed, unreadable }
}

export type Fate = 'complete' | 'received' | 'refused' | 'failed'
export type Fates = Readonly<Record<Fate, number>>

/**
 * Sends one after the other, with the parts that the office lacks. `keySetInvalid`: no public key of the office is left, so
 * no answer could be believed. `onDone` hears how many are through.
 */
export async function sendHolding(ports: EmergencyPorts, { sealed }: Holding, onDone: (done: number) => void = () => undefined): Promise<Result<Fates, Failure>> {
  const keySet = await readKeySet(ports)
  if (keySet === null) return fail(failure('keySetInvalid', 'nothing pinned is left'))
  const fates = { complete: 0, received: 0, refused: 0, failed: 0 }
  let done = 0
  for (const one of sealed) {
    fates[await sendOne(ports, one, keySet)] += 1
    done += 1
    onDone(done)
  }
  return ok(fates)
}

async function readKeySet({ ledger }: EmergencyPorts): Promise<KeySet | null> {
  const kept = await ledger.readKeys()
  const keySet = kept && (await verifyKeySet(kept.keySet, kept.root))
  return keySet?.ok === true ? keySet.value : null
}

async function sendOne(ports: EmergencyPorts, sealed: Sealed, keySet: KeySet): Promise<Fate> {
  const first = await put(ports, sealed, keySet)
  if (first.fate !== 'received' || first.missing.length === 0) return first.fate
  for (const name of first.missing) {
    const bytes = await ports.parts.read(name)
    if (bytes !== null) await ports.transport.putPart(name, bytes)
  }
  return (await put(ports, sealed, keySet)).fate
}

/** Only a verified outcome says that something arrived. */
async function put({ transport }: EmergencyPorts, sealed: Sealed, keySet: KeySet): Promise<{ fate: Fate; missing: readonly string[] }> {
  const answer = await transport.put(sealed.envelope)
  const verdict = answer.ok ? await verdictOf(sealed, answer.value, keySet) : null
  if (verdict?.kind !== 'outcome') return { fate: 'failed', missing: [] }
  const { state, missing } = verdict.settlement
  return { fate: state === 'disputed' ? 'refused' : state, missing }
}

/** Carrier files of everything, photos included; each stands alone and none is larger than the office takes. */
export async function exportHolding({ parts }: EmergencyPorts, { sealed }: Holding): Promise<readonly Blob[]> {
  const lines = new Map(sealed.map((one) => [one.id, writeCarrierLine({ kind: 'envelope', envelope: one.envelope })]))
  const loads = []
  for (const one of sealed) {
    const line = lines.get(one.id) ?? ''
    if (line.length > maxCarrierLineBytes + 1) continue
    loads.push({ id: one.id, sizeBytes: line.length, parts: await sizesOf(parts, one.parts) })
  }
  const files: Blob[] = []
  for (const file of planFiles(loads)) {
    const pieces: Blob[] = []
    for (const planned of file.lines) {
      if (planned.kind === 'envelope') pieces.push(new Blob([lines.get(planned.id) ?? '']))
      else {
        const bytes = await parts.read(planned.name)
        if (bytes !== null) pieces.push(new Blob([writeCarrierLine({ kind: 'part', part: planned.name, bytes })]))
      }
    }
    files.push(new Blob(pieces, { type: carrierType }))
  }
  return files
}

async function sizesOf(parts: EmergencyPorts['parts'], names: readonly string[]): Promise<{ name: string; sizeBytes: number }[]> {
  const sizes = []
  for (const name of new Set(names)) {
    const bytes = await parts.read(name)
    if (bytes !== null) sizes.push({ name, sizeBytes: bytes.length })
  }
  return sizes
}

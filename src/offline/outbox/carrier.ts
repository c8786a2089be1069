/**
 * The carrier as files: everything the office has not completed, one line each, readable by nobody on the way. It needs no
 * key, no network and no word of the office, so it works on a locked, revoked or forgotten tablet. Writing it changes no
 * state; `exportedAt` is a note for people. Memory holds one line and a few MiB of text, however many photos there are.
 */
import type { ApplicationId } from '../../../core/ids.ts'
import { maxCarrierLineBytes } from '../../../core/sealing/limits.ts'
import { carrierType, partLineBytes, writeCarrierLine } from '../../../core/wire/carrier.ts'
import type { Database } from '../db.ts'
import type { MirrorReader, PartFiles } from '../ports.ts'
import { envelopeRowShape, itemRowShape, readRow, readRows, type EnvelopeRow, type ItemRow } from '../rows.ts'
import type { CarrierFile, CarrierPlan, PlannedLine } from '../tablet.ts'
import { planFiles, type Load } from './carrierPlan.ts'
import { mirrorName, readMirrored } from './mirrored.ts'

export interface CarrierPorts {
  readonly db: Database
  readonly mirror: MirrorReader
  readonly parts: Pick<PartFiles, 'read' | 'list'>
}

/** What an export would write: its files, and how large it is with photos and without. */
export async function planCarrier({ db, parts }: CarrierPorts, withPhotos: boolean): Promise<CarrierPlan> {
  const items = await waiting(db)
  const sizes = new Map((await parts.list()).map(({ name, sizeBytes }) => [name, sizeBytes]))
  const loads = items.filter(({ fitsCarrier }) => fitsCarrier).map((item) => loadOf(item, sizes))
  const bare = loads.map((load) => ({ ...load, parts: [] }))
  const files = planFiles(withPhotos ? loads : bare)
  return {
    files: files.map((file, at) => ({ ...file, number: at + 1, of: files.length })),
    applications: loads.length,
    tooLarge: items.length - loads.length,
    textBytes: loads.reduce((sum, { sizeBytes }) => sum + sizeBytes + 1, 0),
    photoBytes: loads.flatMap((load) => load.parts).reduce((sum, { sizeBytes }) => sum + partLineBytes(sizeBytes), 0),
  }
}

async function waiting(db: Database): Promise<ItemRow[]> {
  const rows = readRows(itemRowShape, await db.items.where('state').notEqual('complete').toArray())
  return rows.sort((one, other) => one.sequence - other.sequence)
}

/** All parts that are on this tablet: what the office is said to lack is only a hint, and what comes twice counts once. */
function loadOf({ id, sizeBytes, parts }: ItemRow, sizes: ReadonlyMap<string, number>): Load {
  const here = [...new Set(parts)].flatMap((name) => {
    const partBytes = sizes.get(name)
    return partBytes === undefined ? [] : [{ name, sizeBytes: partBytes }]
  })
  return { id, sizeBytes, parts: here }
}

/** Text is handed to the browser in pieces of this size: it keeps them outside of the page's memory. */
const pieceChars = 4 * 1024 * 1024

/** One file of a plan, and which applications are in it. What has gone since the plan was made is left out. */
export async function writeCarrier(ports: CarrierPorts, file: CarrierFile): Promise<{ content: Blob; written: ApplicationId[] }> {
  const pieces: Blob[] = []
  const written: ApplicationId[] = []
  let text: string[] = []
  let chars = 0
  const flush = (): void => {
    pieces.push(new Blob(text))
    text = []
    chars = 0
  }
  for (const planned of file.lines) {
    const line = await readLine(ports, planned)
    if (line === null) continue
    if (planned.kind === 'envelope') written.push(planned.id)
    text.push(line)
    chars += line.length
    if (chars >= pieceChars) flush()
  }
  flush()
  return { content: new Blob(pieces, { type: carrierType }), written }
}

async function readLine({ db, mirror, parts }: CarrierPorts, planned: PlannedLine): Promise<string | null> {
  if (planned.kind === 'part') {
    const bytes = await parts.read(planned.name)
    return bytes === null ? null : writeCarrierLine({ kind: 'part', part: planned.name, bytes })
  }
  const item = readRow(itemRowShape, await db.items.get(planned.id))
  const sealed = item && (await readSealed(db, mirror, item))
  if (!sealed) return null
  const line = writeCarrierLine({ kind: 'envelope', envelope: { envelope: sealed.envelope, header: sealed.header } })
  return line.length > maxCarrierLineBytes + 1 ? null : line
}

/** The sealed bytes of an application; of a damaged row the mirror has the copy. */
async function readSealed(db: Database, mirror: MirrorReader, item: ItemRow): Promise<EnvelopeRow | null> {
  const row = readRow(envelopeRowShape, await db.envelopes.get(item.id))
  if (row !== null) return row
  const text = await mirror.read(mirrorName(item))
  return text === null ? null : (readMirrored(text)?.envelope ?? null)
}

/**
 * Reading a backup back, to the last bit: signature, digest of every file, every chunk, every row, every part. Nobody counts
 * a backup that has not gone through here, and a restore begins with it.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { utf8 } from '../../core/bytes.ts'
import { isDigest, type Digest } from '../../core/ids.ts'
import { sha256 } from '../../core/sealing/digest.ts'
import type { PartStore } from '../parts/partStore.ts'
import { errorCode } from '../postgres/startFailure.ts'
import { keysFile } from './keysBundle.ts'
import { verifyManifest, type Manifest, type ReadManifest, type TableFacts } from './manifest.ts'
import { keyFile, manifestFile } from './places.ts'
import { checkSealed, linesOf } from './sealedFile.ts'
import { tableFile } from './snapshot.ts'
import { BackupTrouble } from './trouble.ts'

/** The verified manifest of a backup, and the sealed key that it names. Needs no key. */
export async function readManifest(folder: string): Promise<ReadManifest & { sealedKey: string }> {
  const statement = await readWhole(folder, manifestFile)
  const read = await verifyManifest(statement.trim())
  if (!read.ok) throw new BackupTrouble(read.failure)
  const sealedKey = await readWhole(folder, keyFile)
  if ((await sha256(utf8(sealedKey))) !== read.value.manifest.key) throw new BackupTrouble(`The file ${keyFile} of this backup is cut or changed, or belongs to another one.`)
  return { ...read.value, sealedKey }
}

/** Reads everything that the manifest names. Throws BackupTrouble at the first thing that is not as it was. */
export async function checkBackup(folder: string, manifest: Manifest, key: Uint8Array, parts: PartStore): Promise<void> {
  await missingIsTrouble(async () => {
    for (const table of manifest.tables) await checkSealed(join(folder, tableFile(table.name)), tableFile(table.name), key, table)
    await checkSealed(join(folder, keysFile), keysFile, key, manifest.keys)
    let count = 0
    for await (const name of heldParts(folder, manifest, key)) {
      count += 1
      const found = await parts.check(name)
      if (found !== 'whole') throw new BackupTrouble(`The part ${name} of this backup is ${found}.`)
    }
    if (count !== manifest.parts.count) throw new BackupTrouble('This backup does not name as many parts as it should.')
  })
}

/** Names of all parts that are in this backup. */
export async function* heldParts(folder: string, { tables, parts }: Manifest, key: Uint8Array): AsyncGenerator<Digest> {
  const missing = new Set(parts.missing)
  for await (const name of partNames(folder, tables, key)) if (!missing.has(name)) yield name
}

/** Names of all parts that the office counted as stored in this snapshot. */
export async function* partNames(folder: string, tables: readonly TableFacts[], key: Uint8Array): AsyncGenerator<Digest> {
  const table = tables.find(({ name }) => name === 'parts_stored')
  const column = table?.columns.indexOf('name') ?? -1
  if (column < 0) throw new BackupTrouble('This backup names no parts.')
  for await (const line of linesOf(join(folder, tableFile('parts_stored')), tableFile('parts_stored'), key)) {
    const name = line.split('\t')[column] ?? ''
    if (!isDigest(name)) throw new BackupTrouble('This backup names a part that cannot be one.')
    yield name
  }
}

async function readWhole(folder: string, name: string): Promise<string> {
  let text = ''
  await missingIsTrouble(async () => {
    text = await readFile(join(folder, name), 'utf8')
  })
  return text
}

async function missingIsTrouble(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') throw new BackupTrouble('A file of this backup is missing.')
    throw cause
  }
}

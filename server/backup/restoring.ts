/**
 * The note that a restore is under way: written before the first thing is put back, removed after the last. While it lies in
 * the data folder no office starts there, and a restore that died is simply run again.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { isEpochId, type EpochId } from '../../core/ids.ts'
import { readKeyFile, syncFolder, writeSecret } from '../keys/keyFiles.ts'

const noteName = 'restoring.json'
const noteShape = v.object({
  /** SHA-256 of the manifest that is being put back. */
  backup: v.string(),
  /** The epoch that begins with it. */
  epoch: v.custom<EpochId>((id) => typeof id === 'string' && isEpochId(id)),
})

export type RestoringNote = v.InferOutput<typeof noteShape>

/** The note of a restore that has not come to its end, or null. */
export function readNote(dataFolder: string): Promise<RestoringNote | null> {
  return readKeyFile(dataFolder, noteName, noteShape)
}

/** Writes the note durably. */
export function writeNote(dataFolder: string, note: RestoringNote): Promise<void> {
  return writeSecret(join(dataFolder, noteName), `${JSON.stringify(note)}\n`)
}

/** Removes the note: the restore is done. */
export async function removeNote(dataFolder: string): Promise<void> {
  await rm(join(dataFolder, noteName), { force: true })
  await syncFolder(dataFolder)
}

/**
 * Several carrier files imported one after the other. A photo may lie in an earlier file than its application: such a file
 * is sent once more at the end, since what comes twice counts once.
 */
import type { Failure } from '../core/failures.ts'
import { ok, type Result } from '../core/result.ts'
import { readOutcomes, type ImportedLine } from './outcomes.ts'

export interface Imported {
  readonly id: number
  readonly name: string
  readonly lines: readonly ImportedLine[]
  /** The office's answer as it came: the outcomes file. */
  readonly outcomes: string
}

type Send = (file: File) => Promise<Result<string, Failure>>

/** What became of each file, in their order; or the first failure, and all may be sent again. */
export async function importFiles(send: Send, files: readonly File[]): Promise<Result<readonly Imported[], Failure>> {
  const results: Imported[] = []
  for (const [id, file] of files.entries()) {
    const answer = await send(file)
    if (!answer.ok) return answer
    results.push({ id, name: file.name, lines: readOutcomes(answer.value), outcomes: answer.value })
  }
  for (const [id, file] of files.entries()) {
    const earlier = results[id]
    if (files.length < 2 || !earlier?.lines.some(waitsForItsApplication)) continue
    const answer = await send(file)
    if (!answer.ok) return answer
    // Both answers go back to the tablet: each line of either is the office's word.
    results[id] = { ...earlier, lines: readOutcomes(answer.value), outcomes: earlier.outcomes + answer.value }
  }
  return ok(results)
}

const waitsForItsApplication = ({ about }: ImportedLine): boolean => about === 'partNotAnnounced'

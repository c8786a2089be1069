/**
 * Which line goes into which file. No file is larger than the office takes, and each stands alone: it names an application
 * before that application's parts, so files may be brought in any order, and one that is lost takes no other with it. An
 * application whose photos fill more than a file is named again at the head of the next.
 */
import type { ApplicationId } from '../../../core/ids.ts'
import { maxCarrierBytes, maxCarrierLines } from '../../../core/sealing/limits.ts'
import { partLineBytes } from '../../../core/wire/carrier.ts'
import type { PlannedFile, PlannedLine } from '../tablet.ts'

/** One application of an export: its envelope's size as text, and the parts that go along. */
export interface Load {
  readonly id: ApplicationId
  readonly sizeBytes: number
  readonly parts: readonly { readonly name: string; readonly sizeBytes: number }[]
}

export interface FileLimits {
  readonly bytes: number
  readonly lines: number
}

/** Sorts loads into files, in their order. */
export function planFiles(loads: readonly Load[], limits: FileLimits = { bytes: maxCarrierBytes, lines: maxCarrierLines }): readonly PlannedFile[] {
  const files: PlannedLine[][] = [[]]
  const sizeOf = (lines: readonly PlannedLine[]): number => lines.reduce((sum, { lineBytes }) => sum + lineBytes, 0)
  let [open, openBytes] = [files[0] ?? [], 0]
  const fits = (lines: number, bytes: number): boolean => open.length + lines <= limits.lines && openBytes + bytes <= limits.bytes
  const begin = (): void => {
    open = []
    openBytes = 0
    files.push(open)
  }
  const put = (line: PlannedLine): void => {
    open.push(line)
    openBytes += line.lineBytes
  }
  for (const load of loads) {
    const [envelope, parts] = linesOf(load)
    if (open.length > 0 && !fits(1 + parts.length, envelope.lineBytes + sizeOf(parts))) begin()
    put(envelope)
    for (const part of parts) {
      if (!fits(1, part.lineBytes)) {
        begin()
        put(envelope)
      }
      put(part)
    }
  }
  return files.filter((lines) => lines.length > 0).map((lines) => ({ lines, sizeBytes: sizeOf(lines), applications: idsIn(lines) }))
}

function linesOf({ id, sizeBytes, parts }: Load): [PlannedLine, PlannedLine[]] {
  const lines = parts.map(({ name, sizeBytes: partBytes }) => ({ kind: 'part', name, lineBytes: partLineBytes(partBytes) }) as const)
  return [{ kind: 'envelope', id, lineBytes: sizeBytes + 1 }, lines]
}

const idsIn = (lines: readonly PlannedLine[]): ApplicationId[] => lines.flatMap((line) => (line.kind === 'envelope' ? [line.id] : []))

/**
 * Saves what is typed and says so only when it is true. At most `saveWithinMs` pass between a key and its save; `flush`
 * saves at once and resolves after the last change is on disk. Saves never overlap, each names the version it builds on.
 * When another window has changed the draft, nothing more is written here: the person decides.
 */
import { shallowRef, type ShallowRef } from 'vue'
import { type Failure } from '../../core/failures.ts'
import type { ApplicationId } from '../../core/ids.ts'
import { ok, type Result } from '../../core/result.ts'
import type { DraftContent } from '../stores/tablet.ts'

export const saveWithinMs = 800

export type SaveState =
  | { readonly is: 'saved'; readonly atMs: number | null }
  | { readonly is: 'unsaved' }
  | { readonly is: 'saving' }
  | { readonly is: 'failed'; readonly failure: Failure }

export interface SaverPorts {
  readonly save: (id: ApplicationId, version: number, content: DraftContent) => Promise<Result<number, Failure>>
  readonly content: () => DraftContent
  readonly nowMs: () => number
  /** Called with true at the first unsaved key and with false after the commit. */
  readonly onUnsaved?: (isUnsaved: boolean) => void
}

export interface DraftSaver {
  readonly state: Readonly<ShallowRef<SaveState>>
  readonly changed: () => void
  readonly flush: () => Promise<Result<number, Failure>>
  /** Goes on from a version that was saved by somebody else here (finalising). */
  readonly rebase: (version: number) => void
  readonly stop: () => void
}

export function makeDraftSaver(draft: { id: ApplicationId; version: number }, ports: SaverPorts): DraftSaver {
  const state = shallowRef<SaveState>({ is: 'saved', atMs: null })
  let version = draft.version
  let dirty = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<Result<number, Failure>> | null = null

  const isConflict = (): boolean => state.value.is === 'failed' && state.value.failure.kind === 'draftChanged'

  function changed(): void {
    if (!dirty) ports.onUnsaved?.(true)
    dirty = true
    if (isConflict()) return
    if (state.value.is === 'saved') state.value = { is: 'unsaved' }
    timer ??= setTimeout(() => void flush(), saveWithinMs)
  }

  async function writeAll(): Promise<Result<number, Failure>> {
    while (dirty) {
      dirty = false
      state.value = { is: 'saving' }
      const answer = await ports.save(draft.id, version, ports.content())
      if (!answer.ok) {
        dirty = true
        state.value = { is: 'failed', failure: answer.failure }
        return answer
      }
      version = answer.value
      state.value = { is: 'saved', atMs: ports.nowMs() }
    }
    ports.onUnsaved?.(false)
    return ok(version)
  }

  async function flush(): Promise<Result<number, Failure>> {
    clearTimeout(timer)
    timer = undefined
    if (state.value.is === 'failed' && isConflict()) return { ok: false, failure: state.value.failure }
    running ??= writeAll().finally(() => {
      running = null
    })
    return running
  }

  function stop(): void {
    clearTimeout(timer)
    timer = undefined
  }

  function rebase(next: number): void {
    version = next
  }

  return { state, changed, flush, rebase, stop }
}

/**
 * Saves what is typed and says so only when it is true. At most `saveWithinMs` pass between a key and its save; `flush`
 * saves at once and resolves after the last change is on disk. Saves never overlap, each names the version it builds on.
 * When another window has changed the draft, nothing more is written here: the person decides. When the draft is gone,
 * finalised or discarded, there is nothing left to save to: what is typed then holds up neither leaving nor locking.
 */
import { shallowRef, type ShallowRef } from 'vue'
import { failure, type Failure } from '../../core/failures.ts'
import type { ApplicationId } from '../../core/ids.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { DraftContent } from '../stores/tablet.ts'

export const saveWithinMs = 800

export type SaveState =
  | { readonly is: 'saved'; readonly atMs: number | null }
  | { readonly is: 'unsaved' }
  | { readonly is: 'saving' }
  | { readonly is: 'failed'; readonly failure: Failure }
  | { readonly is: 'gone' }

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
  /** The draft was finalised or discarded here: nothing of it is left to save. */
  readonly end: () => void
  /** It turned out to be gone. Only loading tells more. */
  readonly lose: () => void
}

/** What a saver knows of its draft. */
interface Held {
  readonly id: ApplicationId
  readonly state: ShallowRef<SaveState>
  version: number
  dirty: boolean
  isOver: boolean
}

/** Nothing is left to save, and nothing will be. */
function giveUp(held: Held, { onUnsaved }: SaverPorts): void {
  held.isOver = true
  held.dirty = false
  onUnsaved?.(false)
}

async function writeAll(held: Held, ports: SaverPorts): Promise<Result<number, Failure>> {
  while (held.dirty) {
    held.dirty = false
    held.state.value = { is: 'saving' }
    const answer = await ports.save(held.id, held.version, ports.content())
    if (held.isOver) return answer
    if (!answer.ok && answer.failure.kind === 'notFound') {
      giveUp(held, ports)
      held.state.value = { is: 'gone' }
      return answer
    }
    if (!answer.ok) {
      held.dirty = true
      held.state.value = { is: 'failed', failure: answer.failure }
      return answer
    }
    held.version = answer.value
    held.state.value = { is: 'saved', atMs: ports.nowMs() }
  }
  ports.onUnsaved?.(false)
  return ok(held.version)
}

export function makeDraftSaver({ id, version }: { id: ApplicationId; version: number }, ports: SaverPorts): DraftSaver {
  const state = shallowRef<SaveState>({ is: 'saved', atMs: null })
  const held: Held = { id, state, version, dirty: false, isOver: false }
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<Result<number, Failure>> | null = null

  const isConflict = (): boolean => state.value.is === 'failed' && state.value.failure.kind === 'draftChanged'

  function changed(): void {
    if (held.isOver) return
    if (!held.dirty) ports.onUnsaved?.(true)
    held.dirty = true
    if (isConflict()) return
    if (state.value.is === 'saved') state.value = { is: 'unsaved' }
    timer ??= setTimeout(() => void flush(), saveWithinMs)
  }

  async function flush(): Promise<Result<number, Failure>> {
    stop()
    if (held.isOver) return state.value.is === 'gone' ? fail(failure('notFound')) : ok(held.version)
    if (state.value.is === 'failed' && isConflict()) return { ok: false, failure: state.value.failure }
    running ??= writeAll(held, ports).finally(() => {
      running = null
    })
    return running
  }

  function stop(): void {
    clearTimeout(timer)
    timer = undefined
  }

  function end(): void {
    stop()
    giveUp(held, ports)
  }

  function lose(): void {
    end()
    state.value = { is: 'gone' }
  }

  function rebase(next: number): void {
    held.version = next
  }

  return { state, changed, flush, rebase, stop, end, lose }
}

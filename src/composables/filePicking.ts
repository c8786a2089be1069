/**
 * Whether a picture is being taken or a file chosen: from the press on the control until the browser tells what came of it.
 * Meanwhile the camera app has the glass and the page is hidden, which is not the same as a tablet that was put down.
 */

/** Who took no picture until then has put the tablet down. */
export const longestPickMs = 300_000
/** A large photo reaches the page some seconds after its camera was closed; not every browser tells that none will come. */
export const backGraceMs = 10_000

export interface FilePicking {
  readonly begins: () => void
  /** A file came, or the volunteer turned back. */
  readonly ends: () => void
  /** The page is hidden, or shown again. */
  readonly turns: (isHidden: boolean) => void
  readonly isGoingOn: () => boolean
}

export function makeFilePicking(nowMs: () => number): FilePicking {
  let begunAtMs: number | null = null
  let backAtMs: number | null = null

  function isGoingOn(): boolean {
    if (begunAtMs === null || nowMs() - begunAtMs >= longestPickMs) return false
    return backAtMs === null || nowMs() - backAtMs < backGraceMs
  }

  return {
    begins() {
      begunAtMs = nowMs()
      backAtMs = null
    },
    ends() {
      begunAtMs = null
    },
    turns(isHidden) {
      // Some cameras show the page for a moment, as between a question for permission and the picture.
      if (isGoingOn()) backAtMs = isHidden ? null : nowMs()
    },
    isGoingOn,
  }
}

/** The events of every control of the page that opens a camera or the files. Returns what stops it. */
export function watchFileControls({ begins, ends }: Pick<FilePicking, 'begins' | 'ends'>): () => void {
  const hears = (act: () => void) => ({ target }: Event): void => {
    if (target instanceof HTMLInputElement && target.type === 'file') act()
  }
  const acts = { click: hears(begins), change: hears(ends), cancel: hears(ends) }
  for (const [kind, act] of Object.entries(acts)) document.addEventListener(kind, act, { capture: true })
  return () => {
    for (const [kind, act] of Object.entries(acts)) document.removeEventListener(kind, act, { capture: true })
  }
}

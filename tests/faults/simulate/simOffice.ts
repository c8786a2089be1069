/**
 * The office of the simulation: what the real one promises (docs/protocol.md 4 and 7), in memory. It binds an id to its
 * digest for ever, repeats stored outcomes, counts its ledger, and can be put back from a backup under a new epoch.
 */
export interface Sealed {
  readonly id: string
  readonly digest: string
  readonly parts: readonly string[]
}

interface Kept extends Sealed {
  /** Number of the event that made it whole, or null while parts are missing. */
  completeAt: number | null
}

export interface OfficeAnswer {
  readonly kind: 'received' | 'complete' | 'disputed'
  readonly missing: readonly string[]
  readonly epoch: number
  readonly head: number
}

interface Snapshot {
  readonly kept: ReadonlyMap<string, Kept>
  readonly parts: ReadonlySet<string>
  readonly head: number
}

export class SimOffice {
  /** Told of each application that has become whole. */
  onWhole: (sealed: Sealed) => void = () => undefined
  epoch = 1
  head = 0
  /** The newest event that a verified backup of this epoch holds. */
  covered = 0
  private kept = new Map<string, Kept>()
  private parts = new Set<string>()
  private snapshot: Snapshot = { kept: new Map(), parts: new Set(), head: 0 }

  take(sealed: Sealed): OfficeAnswer {
    const before = this.kept.get(sealed.id)
    if (before !== undefined && before.digest !== sealed.digest) return this.answer('disputed', [])
    const kept = before ?? { ...sealed, completeAt: null }
    if (before === undefined) {
      this.kept.set(sealed.id, kept)
      this.head += 1
    }
    return this.settle(kept)
  }

  /** False when no stored envelope announces a part of this name. */
  takePart(name: string): boolean {
    const waiting = [...this.kept.values()].filter(({ parts }) => parts.includes(name))
    if (waiting.length === 0) return false
    this.parts.add(name)
    for (const kept of waiting) this.settle(kept)
    return true
  }

  /** The signed answer about what a tablet holds: what is not here whole under this digest, and what no backup holds yet. */
  holdings(held: readonly Sealed[]): { readonly lacking: ReadonlySet<string>; readonly uncovered: ReadonlySet<string> } {
    const lacking = held.filter(({ id, digest }) => !this.isWhole(id, digest))
    const uncovered = held.filter(({ id }) => (this.kept.get(id)?.completeAt ?? Infinity) > this.covered)
    return { lacking: new Set(lacking.map(({ id }) => id)), uncovered: new Set(uncovered.map(({ id }) => id)) }
  }

  isWhole(id: string, digest: string): boolean {
    const kept = this.kept.get(id)
    return kept?.digest === digest && kept.completeAt !== null
  }

  /** A backup that was read back and verified. */
  backUp(): void {
    this.snapshot = { kept: new Map([...this.kept].map(([id, kept]) => [id, { ...kept }])), parts: new Set(this.parts), head: this.head }
    this.covered = this.head
  }

  /** Put back from the last backup; `anew` says whether our tool did it (new epoch) or a disk was copied back. */
  restore(anew: boolean): void {
    const { kept, parts, head } = this.snapshot
    this.kept = new Map([...kept].map(([id, one]) => [id, { ...one }]))
    this.parts = new Set(parts)
    this.head = head
    if (!anew) return
    this.epoch += 1
    this.covered = 0
  }

  stored(): readonly (Sealed & { readonly whole: boolean })[] {
    return [...this.kept.values()].map(({ id, digest, parts, completeAt }) => ({ id, digest, parts, whole: completeAt !== null }))
  }

  private settle(kept: Kept): OfficeAnswer {
    const missing = kept.parts.filter((name) => !this.parts.has(name))
    if (missing.length === 0 && kept.completeAt === null) {
      this.head += 1
      kept.completeAt = this.head
      this.onWhole(kept)
    }
    return this.answer(kept.completeAt === null ? 'received' : 'complete', missing)
  }

  private answer(kind: OfficeAnswer['kind'], missing: readonly string[]): OfficeAnswer {
    return { kind, missing, epoch: this.epoch, head: this.head }
  }
}

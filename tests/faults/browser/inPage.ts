/**
 * What the lab does inside the app's page, with the page's own tablet (`globalThis.tablet`, see vite.config.ts here): the very
 * calls that the screens make, without the screens. Each answers only when the tablet has said that it is done.
 */
import type { Page } from '@playwright/test'
import type { Attachment } from '../../../core/application/attachment.ts'
import type { ApplicationId, PackRef, VolunteerId } from '../../../core/ids.ts'
import type { Tablet } from '../../../src/offline/tablet.ts'

declare global {
  var tablet: Promise<Tablet>
}

/** A trouble that the tablet told of, as the screens would; never thrown for a page that died. */
export class Refused extends Error {
  constructor(what: string, kind: string) {
    super(`${what}: ${kind}`)
    this.name = 'Refused'
  }
}

type Answered<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: { readonly kind: string } }

function must<T>(what: string, told: Answered<T>): T {
  if (!told.ok) throw new Refused(what, told.failure.kind)
  return told.value
}

export interface Kept {
  readonly attachment: Attachment
  /** Of the photo's own bytes. */
  readonly hash: string
}

export interface OpenDraft {
  readonly id: ApplicationId
  readonly version: number
}

/** Everything that one save of the lab holds. */
export interface Content {
  readonly name: string
  readonly answers: Record<string, unknown>
  readonly photos: readonly Kept[]
}

/** Stands for a save in the history; read back by `readDrafts`. */
export const markOf = ({ name, photos }: Pick<Content, 'name' | 'photos'>): string => [name, ...photos.map(({ hash }) => hash)].join(' ')

export async function enrols(page: Page, ticket: string): Promise<string> {
  return must('enrol', await page.evaluate(async (secret) => (await globalThis.tablet).device.enrol({ ticket: secret }), ticket)).device
}

/** Until the tablet has the procedure. It fetches them by itself; a new one is asked at once, to save the lab's time. */
export async function waitsForPack(page: Page, pack: PackRef): Promise<void> {
  await page.evaluate(
    async (ref) => {
      const { packs } = await globalThis.tablet
      await new Promise<void>((resolve) => {
        const asking = setTimeout(() => void packs.refresh(), 300)
        const stop = packs.watch((rows) => {
          if (!rows.some((row) => row.pack === ref)) return
          clearTimeout(asking)
          resolve()
          setTimeout(() => stop(), 0)
        })
      })
    },
    pack,
  )
}

export async function takesBadge(page: Page, code: string, passphrase: string): Promise<void> {
  const made = await page.evaluate(
    async ([badge, phrase]) => {
      const { vault } = await globalThis.tablet
      const claimed = await vault.claimBadge(badge)
      return claimed.ok ? vault.create(claimed.value, phrase) : claimed
    },
    [code, passphrase] as const,
  )
  must('badge', made)
}

export async function unlocks(page: Page, volunteer: VolunteerId, passphrase: string): Promise<void> {
  const told = await page.evaluate(async ([who, phrase]) => (await globalThis.tablet).vault.unlock(who, phrase), [
    volunteer,
    passphrase,
  ] as const)
  must('unlock', told)
}

export async function startsDraft(page: Page, pack: PackRef): Promise<OpenDraft> {
  const { id, version } = must('start', await page.evaluate(async (ref) => (await globalThis.tablet).drafts.start(ref), pack))
  return { id, version }
}

export async function saves(page: Page, { id, version }: OpenDraft, { name, answers, photos }: Content): Promise<OpenDraft> {
  const content = {
    ...{ answers: { ...answers, 'con.hoTen': name }, papers: {}, touched: [], place: null, label: name },
    attachments: photos.map(({ attachment }) => attachment),
  }
  const told = await page.evaluate(async ([of, from, what]) => (await globalThis.tablet).drafts.save(of, from, what), [id, version, content] as const)
  return { id, version: must('save', told) }
}

/** A photo of random bytes. */
export async function keepsPhoto(page: Page, sizeBytes: number): Promise<Kept> {
  const kept = await page.evaluate(async (size) => {
    const bytes = new Uint8Array(size)
    for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, Math.min(size, at + 65_536)))
    const hash = Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
    const told = await (await globalThis.tablet).photos.keep({ document: 'giayChungSinh', mediaType: 'image/jpeg', widthPx: 10, heightPx: 10, bytes })
    return { hash, told }
  }, sizeBytes)
  return { hash: kept.hash, attachment: must('photo', kept.told) }
}

/** The digest under which it stands in the outbox. */
export async function finalises(page: Page, { id, version }: OpenDraft): Promise<string> {
  const done = await page.evaluate(
    async ([of, at]) => {
      const told = await (await globalThis.tablet).drafts.finalise(of, at)
      if (!told.ok) return { told, digest: '' }
      const digest = await new Promise<string>((resolve) => {
        const opening = indexedDB.open('tiepsuc')
        opening.onsuccess = () => {
          const row = opening.result.transaction('items').objectStore('items').get(of)
          row.onsuccess = () => {
            opening.result.close()
            resolve((row.result as { digest?: string } | undefined)?.digest ?? '')
          }
        }
      })
      return { told, digest }
    },
    [id, version] as const,
  )
  must('finalise', done.told)
  return done.digest
}

export async function discards(page: Page, { id }: OpenDraft): Promise<void> {
  must('discard', await page.evaluate(async (of) => (await globalThis.tablet).drafts.discard(of), id))
}

export async function sendsNow(page: Page): Promise<void> {
  await page.evaluate(async () => {
    ;(await globalThis.tablet).outbox.sendNow()
  })
}

/** Every draft of the unlocked volunteer with its mark, photos decrypted and hashed; null when anything of it cannot be read. */
export async function readDrafts(page: Page): Promise<{ draft: string; mark: string | null }[]> {
  return page.evaluate(async () => {
    const { drafts, photos } = await globalThis.tablet
    const rows = await new Promise<readonly { id: ApplicationId }[]>((resolve) => {
      const stop = drafts.watch((list) => {
        resolve(list)
        setTimeout(() => stop(), 0)
      })
    })
    const hashOf = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
      Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
    const markIn = async (id: ApplicationId): Promise<string | null> => {
      const opened = await drafts.open(id)
      if (!opened.ok) return null
      const { answers, label, attachments } = opened.value.content
      const words = [answers['con.hoTen'] === undefined ? '' : label]
      for (const attachment of attachments) {
        const read = await photos.read(attachment)
        if (!read.ok) return null
        words.push(await hashOf(read.value))
      }
      return words.join(' ')
    }
    const found: { draft: string; mark: string | null }[] = []
    for (const { id } of rows) found.push({ draft: id, mark: await markIn(id) })
    return found
  })
}

export interface Told {
  readonly findings: number
  /** How many drafts a person was told may be gone, all findings together. */
  readonly drafts: number
}

/** What starts have told a person of damage. */
export async function readTold(page: Page): Promise<Told> {
  return page.evaluate(async () => {
    const { findings } = await globalThis.tablet
    return new Promise<Told>((resolve) => {
      const stop = findings.watch((list) => {
        resolve({ findings: list.length, drafts: list.reduce((sum, { drafts }) => sum + drafts, 0) })
        setTimeout(() => stop(), 0)
      })
    })
  })
}

/** Of the browser's figures: as much room as a draft needs, and less than a photo does. */
export async function tellsNoRoom(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { storage } = navigator
    const real = storage.estimate.bind(storage)
    Object.assign(storage, {
      estimate: async () => {
        const { usage = 0 } = await real()
        return { usage, quota: usage + 30 * 1024 * 1024 }
      },
    })
  })
}

/** The page's clock, as if somebody had set the tablet's; what measures durations goes on evenly. */
export async function setsClock(page: Page, byMs: number): Promise<void> {
  await page.evaluate((by) => {
    const now = performance.timeOrigin
    Date.now = () => Math.round(now + performance.now() + by)
  }, byMs)
}

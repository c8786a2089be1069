/**
 * One page of a paper as a photo: what it shows, how large it is, the key that opens it and the names of its parts. Lives
 * inside sealed content only, first in the draft and then, unchanged, in the application; outside stand the names alone.
 */
import * as v from 'valibot'

const positive = v.pipe(v.number(), v.integer(), v.minValue(1))
const sha256Text = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))

/** Pages one paper may have, and photos one application may have: the list must fit into the sealed application. */
export const maxPagesOfPaper = 20
export const maxAttachments = 100

export const attachmentShape = v.object({
  /** UUIDv7, in every part's authenticated data. */
  id: v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}$/)),
  /** The paper of the checklist that these bytes show. */
  document: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  /** The page of that paper, from 1. */
  order: positive,
  /** What the tablet made; the office looks at the bytes themselves. */
  mediaType: v.pipe(v.string(), v.maxLength(100)),
  widthPx: positive,
  heightPx: positive,
  /** Size in the clear. */
  sizeBytes: positive,
  /** AES-256-GCM key of this attachment alone, base64url. */
  key: sha256Text,
  /** Names of its parts, in order: SHA-256 of each part's ciphertext. */
  parts: v.pipe(v.array(sha256Text), v.minLength(1), v.maxLength(64)),
})

export const attachmentsShape = v.pipe(v.array(attachmentShape), v.maxLength(maxAttachments))

export type Attachment = v.InferOutput<typeof attachmentShape>

/** Names of all parts, in the order in which a header announces them. */
export const partNames = (attachments: readonly Attachment[]): readonly string[] => attachments.flatMap(({ parts }) => parts)

/** The pages of one paper, in order. */
export const pagesOf = (attachments: readonly Attachment[], document: string): readonly Attachment[] =>
  attachments.filter((attachment) => attachment.document === document).sort((one, other) => one.order - other.order)

/** How many pages each paper has. */
export function pageCounts(attachments: readonly Pick<Attachment, 'document'>[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const { document } of attachments) counts.set(document, (counts.get(document) ?? 0) + 1)
  return Object.fromEntries(counts)
}

/** Attachments with one page more, at the end of its paper. */
export function withPage(attachments: readonly Attachment[], page: Attachment): readonly Attachment[] {
  return [...attachments, { ...page, order: pagesOf(attachments, page.document).length + 1 }]
}

/** Attachments without a page; the pages after it move up. */
export function withoutPage(attachments: readonly Attachment[], id: string): readonly Attachment[] {
  const gone = attachments.find((attachment) => attachment.id === id)
  return attachments.flatMap((attachment) => {
    if (attachment === gone) return []
    const movesUp = attachment.document === gone?.document && attachment.order > gone.order
    return [movesUp ? { ...attachment, order: attachment.order - 1 } : attachment]
  })
}

/** A new photo in the place of an old one, as the same page. */
export function withPageReplaced(attachments: readonly Attachment[], id: string, page: Attachment): readonly Attachment[] {
  return attachments.map((attachment) => (attachment.id === id ? { ...page, document: attachment.document, order: attachment.order } : attachment))
}

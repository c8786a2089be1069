import { createHash } from 'node:crypto'

/** Enough of a hash to tell texts apart, and short enough for a history of a hundred thousand. */
export const fingerprint = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22)

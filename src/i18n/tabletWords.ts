/** The words of the tablet's own pages. Only the tablet's entry may bring them in. */
import { tablet as english } from './en/tablet.ts'
import type { Words } from './words.ts'
import { tablet } from './vi/tablet.ts'

export const tabletWords: Words<'tablet'> = { vi: { tablet }, en: { tablet: english } }

/** The words of the desk's own pages. Only the desk's entry may bring them in. */
import { desk as english } from './en/desk.ts'
import type { Words } from './words.ts'
import { desk } from './vi/desk.ts'

export const deskWords: Words<'desk'> = { vi: { desk }, en: { desk: english } }

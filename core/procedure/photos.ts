/**
 * Whether papers may be photographed. A consent says so for its own purpose alone, and silence is none (Law 91/2025, art. 9;
 * reference 6.3). A pack that asks nobody does not make its papers depend on an answer. Some papers are never photographed,
 * whoever agreed.
 */
import { answerTo, type Answers } from './answers.ts'
import type { Field, Pack, PackDocument, Section } from './packShape.ts'

/** Of one paper: it may be photographed; nobody has agreed to photographs; or it is never photographed. */
export type PhotoRule = 'allowed' | 'noConsent' | 'never'

/** The question whose answer allows photographs, with its section; null when the pack has none. */
export function photoConsent(pack: Pack): { readonly section: Section; readonly field: Field } | null {
  for (const section of pack.sections) {
    const field = section.fields.find(({ allows }) => allows === 'photos')
    if (field !== undefined) return { section, field }
  }
  return null
}

/** Whether photographs are allowed; `asked` are the answers to the questions that are asked (`pruneHidden`). */
export function photosAllowed(pack: Pack, asked: Answers): boolean {
  const consent = photoConsent(pack)
  return consent === null || answerTo(asked, consent.field.id) === true
}

/** What holds for one paper; `allowed` as `photosAllowed` says. */
export function photoRule({ photo }: Pick<PackDocument, 'photo'>, allowed: boolean): PhotoRule {
  if (photo === false) return 'never'
  return allowed ? 'allowed' : 'noConsent'
}

/** Photos that may be sent with these answers, and those that may not, whether their papers are called for or not. */
export function sortPhotos<T extends { readonly document: string }>(
  pack: Pack,
  asked: Answers,
  photos: readonly T[],
): { readonly allowed: readonly T[]; readonly notAllowed: readonly T[] } {
  const allowed = photosAllowed(pack, asked)
  const may = ({ document }: T): boolean => photoRule(pack.documents.find(({ id }) => id === document) ?? {}, allowed) === 'allowed'
  return { allowed: photos.filter(may), notAllowed: photos.filter((photo) => !may(photo)) }
}

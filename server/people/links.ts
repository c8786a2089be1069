/** One-time links. Their secrets stand in the fragment, which a browser never sends to any server. */
import type { Office } from '../office.ts'

type Where = Pick<Office, 'config' | 'keys'>

/** Enrols a browser as a tablet; carries the root's fingerprint, so that the tablet knows the right office. */
export const enrolLink = ({ config, keys }: Where, secret: string): string => `${config.publicOrigins[0]}/enrol#t=${secret}&r=${keys.rootThumbprint}`

export const badgeLink = ({ config }: Where, code: string): string => `${config.publicOrigins[0]}/badge#c=${code}`

export const firstOfficerLink = ({ config }: Where, secret: string): string => `${config.publicOrigins[0]}/desk/first#t=${secret}`

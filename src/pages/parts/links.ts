/** One-time secrets as they come in the fragment of a link, which no server ever sees. */
const secret = /^[A-Za-z0-9_-]{8,128}$/

const wordsIn = (text: string): URLSearchParams => new URLSearchParams(text.slice(text.indexOf('#') + 1))

/** `#t=<ticket>&r=<root fingerprint>` of an enrolment link, whole or only its fragment; null when it is none. */
export function readLink(text: string): { ticket: string; rootFingerprint?: string } | null {
  if (!text.includes('#')) return null
  const words = wordsIn(text)
  const [ticket, root] = [words.get('t') ?? '', words.get('r') ?? '']
  if (!secret.test(ticket)) return null
  return secret.test(root) ? { ticket, rootFingerprint: root } : { ticket }
}

/** `#c=<code>` of a badge link, or '' when there is none. */
export function readBadgeCode(text: string): string {
  const code = text.includes('#') ? (wordsIn(text).get('c') ?? '') : ''
  return secret.test(code) ? code : ''
}

/** An address inside the app, or the home page: nothing that came in a query leads elsewhere. */
export function safeTarget(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}

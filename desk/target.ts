/** Where signing in leads. Only addresses of this desk are followed: a link from outside can carry any. */
import type { Router } from 'vue-router'

/** True for a page that may be seen without being signed in. */
export const isOpenPage = (name: unknown): boolean => name === 'first' || name === 'signIn' || name === 'lost'

/** The wanted address when it is a page of this desk, or else the inbox. */
export function targetOf(router: Router, wanted: unknown): string {
  const plain = typeof wanted === 'string' && wanted.startsWith('/') && !wanted.startsWith('//') && !wanted.includes('\\')
  return plain && !isOpenPage(router.resolve(wanted).name) ? wanted : '/inbox'
}

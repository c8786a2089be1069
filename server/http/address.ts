/**
 * Whose request it is, for limits only. The socket's address; behind proxies of ours the entry that the outermost of them
 * wrote into X-Forwarded-For, counted from the right. What a client writes there itself stands further left and is ignored.
 */
import { isIPv6 } from 'node:net'

/** The sender's address. */
export function addressOf(socketAddress: string | undefined, forwarded: string | null, trustedProxies: number): string {
  const hops = (forwarded ?? '').split(',').map((hop) => hop.trim()).filter((hop) => hop !== '')
  if (trustedProxies === 0 || hops.length === 0) return oneSender(socketAddress ?? 'direct')
  return oneSender(hops.at(-Math.min(trustedProxies, hops.length)) ?? 'direct')
}

/** An IPv6 subscriber has 2^64 addresses: the first half names the sender. */
function oneSender(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return isIPv6(plain) ? `${halfOf(plain)}::/64` : plain
}

function halfOf(address: string): string {
  const [front = '', back] = (address.split('%')[0] ?? '').toLowerCase().split('::')
  const groups = front === '' ? [] : front.split(':')
  const zeros = back === undefined ? 0 : 8 - groups.length - (back === '' ? 0 : back.split(':').length)
  return [...groups, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...(back ?? '').split(':')].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':')
}

/**
 * Headers of every answer. Scripts, styles and connections come from this office alone; nothing may frame it; nothing of
 * a citizen leaves in a Referer. Clear-Site-Data is never sent: it would empty a tablet's outbox.
 */
import type { MiddlewareHandler } from 'hono'
import type { Config } from '../config.ts'
import type { OfficeEnv } from './context.ts'

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')

const fixed: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()',
  'X-Frame-Options': 'DENY',
}

/** The headers of an office with these settings. */
export function fixedHeaders({ tls, publicOrigins }: Pick<Config, 'tls' | 'publicOrigins'>): Readonly<Record<string, string>> {
  const secure = tls !== undefined || publicOrigins.every((origin) => origin.startsWith('https:'))
  return secure ? { ...fixed, 'Strict-Transport-Security': 'max-age=31536000' } : fixed
}

/** Sets the headers on whatever was answered, refusals and errors included. */
export function securityHeaders(config: Config): MiddlewareHandler<OfficeEnv> {
  const headers = Object.entries(fixedHeaders(config))
  return async (context, next) => {
    await next()
    for (const [name, value] of headers) context.res.headers.set(name, value)
  }
}

/** The test certificate of this repository, and how a browser is told to accept it as if an authority had signed it. */
import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, 'tls')
export const tlsSettings = { TLS_CERT: join(folder, 'testOnly.cert.pem'), TLS_KEY: join(folder, 'testOnly.key.pem') } as const

/** Chromium registers no service worker where it had to look away; for a key named here it has nothing to look away from. */
export function trustsTestCertificate(): string {
  const { publicKey } = new X509Certificate(readFileSync(tlsSettings.TLS_CERT))
  const spki = createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('base64')
  return `--ignore-certificate-errors-spki-list=${spki}`
}

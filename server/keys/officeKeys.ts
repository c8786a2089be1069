/** The keys that a running office holds. Root and escrow are not among them: only their public halves are. */
import type { KeyHandle, PublicJwk } from '../../core/sealing/keys.ts'
import type { KeySet } from '../../core/sealing/keySet.ts'
import type { Blobs } from './blobs.ts'
import type { SearchHash } from './searchHash.ts'

export interface OfficeKeys {
  readonly root: PublicJwk
  /** Names the root key; the database remembers it, so that keys and database of two offices are never mixed. */
  readonly rootThumbprint: string
  readonly keySet: KeySet
  /** The key set as root signed it. */
  readonly keySetStatement: string
  readonly signing: KeyHandle
  readonly signingKid: string
  readonly openingKeyOf: (kid: string) => KeyHandle | null
  readonly blobs: Blobs
  readonly searchHash: SearchHash
  /** Shared by all nodes: nonces of one are taken by the others. */
  readonly nonceKey: Uint8Array
  /** Signs officers' session cookies. */
  readonly deskSecret: string
  /** Keys one-time codes of few letters, whose plain hash could be searched. */
  readonly codeKey: Uint8Array
}

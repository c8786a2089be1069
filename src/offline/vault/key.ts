/**
 * The volunteer's vault key: 256 random bits, stored only wrapped under a key made from the passphrase (Argon2id), held
 * only in this page's memory as a handle that cannot be read back. Locking forgets it, and with it every draft key.
 * A vault that exists is never overwritten: another badge for the same volunteer renews the badge, after unlocking.
 */
import { utf8 } from '../../../core/bytes.ts'
import { failure, type Failure } from '../../../core/failures.ts'
import type { ApplicationId, VolunteerId } from '../../../core/ids.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import { hasCrashPoints, reached } from '../crashPoints.ts'
import { attempt, type Database } from '../db.ts'
import type { Clock, Kdf, KdfParams, Random, Stop } from '../ports.ts'
import { readRow, vaultRowShape, type VaultRow } from '../rows.ts'
import type { ClaimedBadge, VolunteerView } from '../tablet.ts'
import { decrypt, encrypt, importCipherKey } from './cipher.ts'

/** An unlocked vault. Lives in memory only. */
export interface Session {
  readonly volunteer: VolunteerView
  readonly badge: string
  readonly key: CryptoKey
  /** Keys of drafts that were opened since unlocking. */
  readonly draftKeys: Map<ApplicationId, CryptoKey>
}

export interface Keyring {
  session(): Session | null
  create(claimed: ClaimedBadge, passphrase: string): Promise<Result<VolunteerView, Failure>>
  unlock(volunteer: VolunteerId, passphrase: string): Promise<Result<VolunteerView, Failure>>
  lock(): void
  watch(onChange: (session: Session | null) => void): Stop
}

interface Ports {
  readonly db: Database
  readonly kdf: Kdf
  readonly newKdfParams: (random: Random) => KdfParams
  readonly random: Random
  readonly clock: Clock
}

export const shortestPassphrase = 12

export function makeKeyring(ports: Ports): Keyring {
  const { db } = ports
  const watchers = new Set<(session: Session | null) => void>()
  let held: Session | null = null

  function hold(session: Session | null): void {
    held = session
    for (const tell of watchers) tell(session)
  }

  async function create(claimed: ClaimedBadge, passphrase: string): Promise<Result<VolunteerView, Failure>> {
    const existing = await attempt(() => db.vaults.get(claimed.volunteer.id))
    if (!existing.ok) return existing
    if (existing.value !== undefined) return renew(claimed, passphrase)
    if (passphrase.length < shortestPassphrase) return fail(failure('passphraseWrong', 'too short'))
    const made = await makeVault(ports, claimed, passphrase)
    const stored = await attempt(() => db.vaults.add(made.row))
    if (!stored.ok) return stored
    if (hasCrashPoints) await reached('vaultStored')
    hold(made.session)
    return ok(claimed.volunteer)
  }

  async function renew(claimed: ClaimedBadge, passphrase: string): Promise<Result<VolunteerView, Failure>> {
    const opened = await openVault(ports, claimed.volunteer.id, passphrase)
    if (!opened.ok) return opened
    const stored = await attempt(() => db.vaults.update(claimed.volunteer.id, badgeColumns(claimed)))
    if (!stored.ok) return stored
    hold({ ...opened.value, volunteer: claimed.volunteer, badge: claimed.badge })
    return ok(claimed.volunteer)
  }

  return {
    session: () => held,
    create,
    async unlock(volunteer, passphrase) {
      const opened = await openVault(ports, volunteer, passphrase)
      if (!opened.ok) return opened
      hold(opened.value)
      return ok(opened.value.volunteer)
    },
    lock: () => {
      held?.draftKeys.clear()
      hold(null)
    },
    watch(onChange) {
      watchers.add(onChange)
      onChange(held)
      return () => watchers.delete(onChange)
    },
  }
}

export const volunteerOf = ({ id, name, number, badgeExpiresAt }: VaultRow): VolunteerView => ({ id, name, number, badgeExpiresAt })

const badgeColumns = ({ badge, volunteer }: ClaimedBadge) => ({
  badge,
  name: volunteer.name,
  number: volunteer.number,
  badgeExpiresAt: volunteer.badgeExpiresAt,
})

/** A passphrase can be typed as composed or decomposed Vietnamese; both are the same passphrase. */
async function wrappingKey({ kdf }: Ports, passphrase: string, params: KdfParams): Promise<CryptoKey> {
  return importCipherKey(await kdf(utf8(passphrase.normalize('NFC')), params))
}

async function makeVault(ports: Ports, claimed: ClaimedBadge, passphrase: string): Promise<{ row: VaultRow; session: Session }> {
  const { id } = claimed.volunteer
  const kdf = ports.newKdfParams(ports.random)
  const vaultKey = ports.random.bytes(32)
  const place = { table: 'vaults', id, version: 1 } as const
  const wrappedKey = await encrypt(await wrappingKey(ports, passphrase, kdf), place, vaultKey, ports.random)
  const createdAt = new Date(ports.clock.nowMs()).toISOString()
  const key = await importCipherKey(vaultKey)
  vaultKey.fill(0)
  return {
    row: { id, ...badgeColumns(claimed), kdf, wrappedKey, createdAt },
    session: { volunteer: claimed.volunteer, badge: claimed.badge, key, draftKeys: new Map() },
  }
}

async function openVault(ports: Ports, id: VolunteerId, passphrase: string): Promise<Result<Session, Failure>> {
  const read = await attempt(() => ports.db.vaults.get(id))
  if (!read.ok) return read
  const row = readRow(vaultRowShape, read.value)
  if (row === null) return fail(failure('cannotDecrypt', 'vaults'))
  const key = await wrappingKey(ports, passphrase, row.kdf)
  const opened = await decrypt(key, { table: 'vaults', id, version: 1 }, row.wrappedKey)
  if (!opened.ok) return fail(failure('passphraseWrong'))
  const vaultKey = await importCipherKey(opened.value)
  opened.value.fill(0)
  return ok({ volunteer: volunteerOf(row), badge: row.badge, key: vaultKey, draftKeys: new Map() })
}

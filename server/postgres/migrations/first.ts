/** The tables of the first version, and better-auth's for officers (desk/accounts names them). */
import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table epoch (id text not null, number int primary key, root text not null, since_at bigint not null)`,
  `create table counters (name text primary key, value bigint not null)`,
  `create table devices (
    id text primary key, number text not null unique, jwk text not null, words text not null,
    state text not null check (state in ('waiting','active','revoked')), demo boolean not null,
    last_seq bigint not null default 0, enrolled_at bigint not null, last_seen_at bigint, revoked_at bigint)`,
  `create table volunteers (
    id text primary key, number text not null unique, name text not null, demo boolean not null,
    created_at bigint not null, revoked_at bigint)`,
  `create table tickets (
    hash text primary key, kind text not null check (kind in ('enrol','badge','officer')),
    selector text unique, code_hash text, confirmed boolean not null, volunteer text references volunteers(id),
    tries_left int not null, created_at bigint not null, expires_at bigint not null, spent_at bigint, device text)`,
  `create table badges (
    volunteer text not null references volunteers(id), device text not null references devices(id),
    ticket text primary key references tickets(hash), statement text not null, issued_at bigint not null, expires_at bigint not null)`,
  `create table envelopes (
    id text primary key, digest text not null, device text not null references devices(id), pack text not null,
    seq bigint not null, sealed text not null, header text not null, received_at bigint not null)`,
  `create index envelopes_by_device on envelopes (device, seq)`,
  `create table openings (
    id text primary key references envelopes(id), state text not null check (state in ('waiting','opened','packUnknown')),
    tries int not null default 0, next_at bigint not null)`,
  `create index openings_waiting on openings (next_at) where state = 'waiting'`,
  `create table disputes (
    id text not null, digest text not null, device text not null, sealed text not null, header text not null, at bigint not null,
    primary key (id, digest, device))`,
  `create table outcomes (
    id text not null, digest text not null, device text not null,
    kind text not null check (kind in ('received','complete','refused','disputed')), statement text not null, at bigint not null,
    primary key (id, digest, device, kind))`,
  `create table parts_announced (id text not null references envelopes(id), position int not null, name text not null, primary key (id, position))`,
  `create index parts_announced_by_name on parts_announced (name)`,
  `create table parts_stored (name text primary key, size_bytes int not null, stored_at bigint not null)`,
  `create table events (
    seq bigint primary key, id text not null references envelopes(id), device text not null, kind text not null,
    at bigint not null, by text, body bytea, sealed text)`,
  `create index events_by_case on events (id, seq)`,
  `create index events_for_feed on events (device, seq) where sealed is not null`,
  `create table cases (
    id text primary key references envelopes(id), status text not null, status_seq bigint not null,
    received_at bigint not null, listing bytea, demo boolean not null)`,
  `create index cases_by_age on cases (status, received_at, id)`,
  `create index cases_by_decision on cases (status_seq)`,
  `create table search_keys (column_name text not null, hash text not null, id text not null references cases(id), primary key (column_name, hash, id))`,
  `create table proofs (jti text primary key, device text not null, expires_at bigint not null)`,
  `create index proofs_by_age on proofs (expires_at)`,
  `create table packs (ref text primary key, digest text not null, statement text not null, published_at bigint not null)`,
  `create table officers (
    id text primary key, name text not null, email text not null unique, "emailVerified" boolean not null, image text,
    "createdAt" timestamptz not null, "updatedAt" timestamptz not null, username text unique, "displayUsername" text)`,
  `create table officer_sessions (
    id text primary key, "expiresAt" timestamptz not null, token text not null unique, "createdAt" timestamptz not null,
    "updatedAt" timestamptz not null, "ipAddress" text, "userAgent" text, "userId" text not null references officers(id) on delete cascade)`,
  `create table officer_accounts (
    id text primary key, "accountId" text not null, "providerId" text not null, "userId" text not null references officers(id) on delete cascade,
    "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz,
    scope text, password text, "createdAt" timestamptz not null, "updatedAt" timestamptz not null)`,
  `create table officer_verifications (
    id text primary key, identifier text not null, value text not null, "expiresAt" timestamptz not null,
    "createdAt" timestamptz not null, "updatedAt" timestamptz not null)`,
]

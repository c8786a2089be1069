/**
 * What the office publishes beside the packs: the catalogue of every procedure, and what it says of its counter. Both are
 * kept as the office signed them and verified anew whenever they are read; what is broken or missing is as if the office
 * had said nothing, and what was there before stays until something whole takes its place.
 */
import * as v from 'valibot'
import { failure, type Failure } from '../../../core/failures.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import type { KeySet } from '../../../core/sealing/keySet.ts'
import { catalogueAnswerShape, catalogueDigest, verifyCatalogue, verifyPackIndex, type PackIndex } from '../../../core/wire/packs.ts'
import { apiBase } from '../../../core/wire/version.ts'
import { attempt, type Database } from '../db.ts'
import type { SignedIn } from '../dpop.ts'
import { parseJsonText } from '../json.ts'
import { readPinned } from '../keys.ts'
import { readRow } from '../rows.ts'
import type { OfficeSheet } from '../tablet.ts'

const indexRowShape = v.object({ name: v.literal('packIndex'), statement: v.string() })
const catalogueRowShape = v.object({ name: v.literal('catalogue'), digest: v.string(), statement: v.string() })

/** The catalogue and the counter, verified; an empty sheet for an office that never said a word of either. */
export async function readSheet(db: Database): Promise<OfficeSheet> {
  const [indexRow, catalogueRow] = await Promise.all([db.marks.get('packIndex'), db.marks.get('catalogue')])
  const pinned = await readPinned(db)
  if (pinned === null) return { catalogue: null, counter: {} }
  const [index, kept] = [readRow(indexRowShape, indexRow), readRow(catalogueRowShape, catalogueRow)]
  const said = index === null ? null : await verifyPackIndex(index.statement, pinned.keySet)
  const published = kept === null ? null : await verifyCatalogue(kept.statement, pinned.keySet)
  return { catalogue: published?.catalogue ?? null, counter: said?.counter ?? {} }
}

/** Keeps a verified index, and fetches the catalogue that it names when another one is here. */
export async function takeSheet(
  { db, signedIn }: { readonly db: Database; readonly signedIn: SignedIn },
  statement: string,
  index: PackIndex,
  keySet: KeySet,
): Promise<Result<undefined, Failure>> {
  const kept = await attempt(() => db.marks.put({ name: 'packIndex', statement }))
  if (!kept.ok) return kept
  const { catalogue } = index
  if (catalogue === undefined || readRow(catalogueRowShape, await db.marks.get('catalogue'))?.digest === catalogue.digest) return ok()
  const answer = await signedIn({ method: 'GET', path: `${apiBase}/catalogue` })
  if (!answer.ok) return answer
  const body = v.safeParse(catalogueAnswerShape, parseJsonText(answer.value.text))
  if (!body.success) return fail(failure('captivePortal', answer.value.contentType))
  const published = await verifyCatalogue(body.output.catalogue, keySet)
  if (published === null || (await catalogueDigest(published.catalogue)) !== catalogue.digest) return fail(failure('packInvalid', 'catalogue'))
  const stored = await attempt(() => db.marks.put({ name: 'catalogue', digest: catalogue.digest, statement: body.output.catalogue }))
  return stored.ok ? ok() : stored
}

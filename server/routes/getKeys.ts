import * as v from 'valibot'
import { publicJwkShape } from '../../core/sealing/keys.ts'
import { apiBase } from '../../core/wire/version.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json } from '../http/json.ts'

/** GET /keys: the root key and the key set that it signed. */
export const getKeys: AddRoute = (app, { keys }) => {
  app.get(
    `${apiBase}/keys`,
    describe({ tag: 'open', summary: "The office's public keys", answers: { 200: { what: 'root key and signed key set', shape: v.object({ root: publicJwkShape, keySet: v.string() }) } } }),
    (context) => json(context, { root: keys.root, keySet: keys.keySetStatement }),
  )
}

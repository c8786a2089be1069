/** What our handlers find in Hono's context. */
import type { HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import type { DeviceId } from '../../core/ids.ts'
import type { Officer } from '../desk/accounts.ts'
import type { Office } from '../office.ts'

export interface OfficeEnv {
  /** Present behind a socket; empty when a test calls the app directly. */
  Bindings: Partial<HttpBindings>
  Variables: {
    /** The sender's address, see http/address. */
    address: string
    /** Of whose limits the request took, see http/fairShare. */
    share: { readonly sender: string; readonly address: string; readonly byPath: boolean }
    /** Set by signedIn. */
    device: DeviceId
    /** The verified body of a signed-in request. */
    body: Uint8Array<ArrayBuffer>
    /** Set by officerOnly. */
    officer: Officer
  }
}

export type OfficeApp = Hono<OfficeEnv>

/** A route file exports one of these: it adds its verb and path. */
export type AddRoute = (app: OfficeApp, office: Office) => void

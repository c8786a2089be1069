/** Placeholder until the demo people are written. */
import type { OfficeApp } from '../http/context.ts'
import type { OpenedOffice } from './openOffice.ts'

export async function addDemo(_opened: OpenedOffice, _app: OfficeApp, say: (text: string) => void): Promise<void> {
  say('demo')
}

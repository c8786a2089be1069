import type { ApplicationId } from '../../../core/ids.ts'
import { aDraft, content, must, type aWorkingTablet } from './aTablet.ts'

type Working = Awaited<ReturnType<typeof aWorkingTablet>>

/** An application with photos of one part each, finalised. */
export async function withPhotos({ tablet }: Pick<Working, 'tablet'>, count = 2): Promise<ApplicationId> {
  const draft = await aDraft(tablet)
  const attachments = []
  for (let at = 0; at < count; at += 1) {
    const bytes = new Uint8Array(500).fill(at + 1)
    attachments.push(must(await tablet.photos.keep({ document: 'birthCertificate', mediaType: 'image/jpeg', widthPx: 10, heightPx: 10, bytes })))
  }
  const version = must(await tablet.drafts.save(draft.id, draft.version, content({ attachments })))
  must(await tablet.drafts.finalise(draft.id, version))
  return draft.id
}

import {
  BadgeCheck,
  CircleAlert,
  CircleCheck,
  CloudUpload,
  FilePen,
  FileX,
  Hourglass,
  MessageSquareReply,
  SearchAlert,
  Split,
  Tablet,
  Undo2,
} from '@lucide/vue'
import type { Component } from 'vue'

/** jade: safe at the office; amber: only on this tablet; red: a person must act; violet: ours; plain: nothing to say. */
export type Tone = 'safe' | 'held' | 'act' | 'accent' | 'plain'

export type ShownState =
  | 'draft'
  | 'onlyHere'
  | 'queued'
  | 'received'
  | 'complete'
  | 'refused'
  | 'disputed'
  | 'gone'
  | 'waiting'
  | 'accepted'
  | 'supplement'
  | 'declined'
  | 'quarantined'

/** How each state looks; its words are `states.<state>` of the texts. */
export const stateLooks: Readonly<Record<ShownState, { readonly tone: Tone; readonly icon: Component }>> = {
  draft: { tone: 'plain', icon: FilePen },
  onlyHere: { tone: 'held', icon: Tablet },
  queued: { tone: 'held', icon: CloudUpload },
  received: { tone: 'safe', icon: CloudUpload },
  complete: { tone: 'safe', icon: CircleCheck },
  refused: { tone: 'act', icon: Undo2 },
  disputed: { tone: 'act', icon: Split },
  gone: { tone: 'act', icon: CircleAlert },
  waiting: { tone: 'plain', icon: Hourglass },
  accepted: { tone: 'safe', icon: BadgeCheck },
  supplement: { tone: 'act', icon: MessageSquareReply },
  declined: { tone: 'act', icon: FileX },
  quarantined: { tone: 'act', icon: SearchAlert },
}

/** How states, marks and events of the desk look; their words are `desk.status`, `desk.mark` and `desk.event`. */
import {
  ArrowRightFromLine,
  BadgeAlert,
  BadgeCheck,
  FileQuestionMark,
  FileWarning,
  FileX,
  GitFork,
  GraduationCap,
  Hourglass,
  Image,
  ImageOff,
  Inbox,
  ListX,
  LockKeyhole,
  MailOpen,
  MessageSquareReply,
  SearchAlert,
  Split,
  TabletSmartphone,
} from '@lucide/vue'
import type { Component } from 'vue'
import type { EventKind } from '../../core/application/events.ts'
import type { Status } from '../../core/application/status.ts'
import type { CaseFile, Mark } from '../../core/wire/desk.ts'
import type { Tone } from '../../src/components/tones.ts'

export interface Look {
  readonly tone: Tone
  readonly icon: Component
}

export const statusLooks: Readonly<Record<Status, Look>> = {
  received: { tone: 'accent', icon: Inbox },
  beingChecked: { tone: 'accent', icon: Hourglass },
  inQuarantine: { tone: 'act', icon: SearchAlert },
  accepted: { tone: 'safe', icon: BadgeCheck },
  supplementAsked: { tone: 'accent', icon: MessageSquareReply },
  refused: { tone: 'act', icon: FileX },
}

export const markLooks: Readonly<Record<Mark, Look>> = {
  invalid: { tone: 'accent', icon: FileWarning },
  badgeDoubtful: { tone: 'accent', icon: BadgeAlert },
  packUnknown: { tone: 'accent', icon: FileQuestionMark },
  unreadable: { tone: 'act', icon: LockKeyhole },
  disputed: { tone: 'act', icon: Split },
  quarantined: { tone: 'act', icon: TabletSmartphone },
  sequenceGap: { tone: 'accent', icon: ListX },
  sequenceFork: { tone: 'accent', icon: GitFork },
  partsMissing: { tone: 'accent', icon: Image },
  demo: { tone: 'plain', icon: GraduationCap },
}

export const eventLooks: Readonly<Record<EventKind, Look>> = {
  received: { tone: 'plain', icon: Inbox },
  complete: { tone: 'plain', icon: Image },
  partsLost: { tone: 'accent', icon: ImageOff },
  disputed: { tone: 'act', icon: Split },
  quarantined: { tone: 'act', icon: TabletSmartphone },
  opened: { tone: 'plain', icon: MailOpen },
  invalid: { tone: 'accent', icon: FileWarning },
  badgeDoubtful: { tone: 'accent', icon: BadgeAlert },
  packUnknown: { tone: 'accent', icon: FileQuestionMark },
  unreadable: { tone: 'act', icon: LockKeyhole },
  released: { tone: 'plain', icon: ArrowRightFromLine },
  accepted: { tone: 'safe', icon: BadgeCheck },
  supplementAsked: { tone: 'accent', icon: MessageSquareReply },
  refused: { tone: 'act', icon: FileX },
}

export const badgeLooks: Readonly<Record<NonNullable<CaseFile['badge']>['state'], Look>> = {
  valid: { tone: 'safe', icon: BadgeCheck },
  expired: { tone: 'accent', icon: BadgeAlert },
  revoked: { tone: 'act', icon: BadgeAlert },
  otherDevice: { tone: 'act', icon: BadgeAlert },
  foreign: { tone: 'act', icon: BadgeAlert },
}

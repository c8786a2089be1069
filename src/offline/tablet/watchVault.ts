/** Lists that need the vault: empty while it is locked, and made anew for each session, so that locking forgets them. */
import type { Visit } from '../../../core/procedure/visit.ts'
import { watchRows } from '../db.ts'
import { latestOnly } from '../latest.ts'
import type { Stop } from '../ports.ts'
import type { VisitRow } from '../rows.ts'
import type { CaseView, DraftRow } from '../tablet.ts'
import { makeCasebook, readCaseRows } from '../vault/casebook.ts'
import { makeDraftList, readDraftRows } from '../vault/draftList.ts'
import type { Session } from '../vault/key.ts'
import { openVisit, readVisitRow } from '../vault/visits.ts'
import type { Inside } from './tabletPorts.ts'

export function watchDrafts(inside: Inside, onChange: (rows: DraftRow[]) => void): Stop {
  return whileUnlocked(inside, onChange, {
    read: (owner) => readDraftRows(inside.db, owner),
    open: makeDraftList,
  })
}

export function watchCases(inside: Inside, onChange: (rows: CaseView[], following?: 'more') => void): Stop {
  return whileUnlocked(inside, onChange, {
    read: (owner) => readCaseRows(inside.db, owner),
    open: makeCasebook,
  })
}

/** The visit at hand, or null. */
export function watchVisit(inside: Inside, onChange: (visit: Visit | null) => void): Stop {
  return whileUnlocked<VisitRow | null, Visit>(inside, ([visit]) => onChange(visit ?? null), {
    read: (owner) => readVisitRow(inside.db, owner),
    open: (session) => openVisit(session, inside.clock),
  })
}

function whileUnlocked<Rows, View>(
  { keyring, trouble }: Inside,
  onChange: (rows: View[], following?: 'more') => void,
  how: { read: (owner: string) => Promise<Rows>; open: (session: Session) => (rows: Rows, soFar: (views: View[]) => void) => Promise<View[]> },
): Stop {
  let stopRows: Stop = () => undefined
  const stopLock = keyring.watch((session) => {
    stopRows()
    stopRows = () => undefined
    if (session === null) {
      onChange([])
      return
    }
    // A list that is still being opened when the vault is locked is thrown away.
    const tell = (rows: View[], following?: 'more'): void => {
      if (keyring.session() === session) onChange(rows, following)
    }
    const open = how.open(session)
    const opened = latestOnly((rows: Rows) => open(rows, (views) => tell(views, 'more')), tell, trouble)
    stopRows = watchRows(() => how.read(session.volunteer.id), opened, trouble)
  })
  return () => {
    stopLock()
    stopRows()
  }
}

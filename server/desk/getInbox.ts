import * as v from 'valibot'
import { failure } from '../../core/failures.ts'
import { isApplicationId, type ApplicationId } from '../../core/ids.ts'
import { isDecided, type Status } from '../../core/application/status.ts'
import { deskBase, inboxShape, statusShape, type Inbox } from '../../core/wire/desk.ts'
import { caseRows } from '../cases/caseRows.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json } from '../http/json.ts'
import { problem } from '../http/problem.ts'
import type { Office } from '../office.ts'
import { officerOnly } from './officerOnly.ts'

const pageSize = 50
const listShape = v.picklist(['open', 'quarantine', 'decided'])
type List = v.InferOutput<typeof listShape>

const statuses: Readonly<Record<List, readonly Status[]>> = {
  open: statusShape.options.filter((status) => !isDecided(status) && status !== 'inQuarantine'),
  quarantine: ['inQuarantine'],
  decided: statusShape.options.filter(isDecided),
}

/** GET /inbox: open and quarantined cases by age, oldest first; decided ones newest first. */
export const getInbox: AddRoute = (app, office) => {
  app.get(
    `${deskBase}/inbox`,
    describe({
      tag: 'desk',
      summary: 'Cases by age',
      detail: 'Query: list (open, quarantine, decided) and after (the cursor in `next`).',
      answers: { 200: { what: 'a page of 50', shape: inboxShape } },
      refusals: ['malformed', 'notSignedIn'],
    }),
    officerOnly(office),
    async (context) => {
      const list = v.safeParse(listShape, context.req.query('list') ?? 'open')
      const cursor = readCursor(context.req.query('after'))
      if (!list.success || cursor === 'bad') return problem(context, failure('malformed', 'list or after'))
      return json(context, await readInbox(office, list.output, cursor))
    },
  )
}

interface Cursor {
  readonly at: number
  readonly id: ApplicationId
}

/** `time.id` of the last row shown. */
function readCursor(text: string | undefined): Cursor | null | 'bad' {
  if (text === undefined || text === '') return null
  const [at = '', id = ''] = text.split('.')
  return /^\d{1,15}$/.test(at) && isApplicationId(id) ? { at: Number(at), id } : 'bad'
}

async function readInbox(office: Office, list: List, cursor: Cursor | null): Promise<Inbox> {
  const newestFirst = list === 'decided'
  const place = newestFirst ? 'status_seq' : 'received_at'
  let query = office.db.selectFrom('cases').select(['id', `${place} as place`]).where('status', 'in', statuses[list])
  if (cursor !== null) {
    const { at, id } = cursor
    const further = newestFirst ? '<' : '>'
    query = query.where((is) => is.or([is(place, further, at), is.and([is(place, '=', at), is('id', further, id)])]))
  }
  const direction = newestFirst ? 'desc' : 'asc'
  const found = await query.orderBy(place, direction).orderBy('id', direction).limit(pageSize + 1).execute()
  const shown = found.slice(0, pageSize)
  const last = shown.at(-1)
  const next = found.length > pageSize && last !== undefined ? `${last.place}.${last.id}` : null
  return { cases: [...(await caseRows(office, shown.map(({ id }) => id)))], counts: await readCounts(office), next }
}

async function readCounts({ db }: Office): Promise<Inbox['counts']> {
  const rows = await db.selectFrom('cases').select(['status', ({ fn }) => fn.countAll<number>().as('count')]).groupBy('status').execute()
  const countOf = (list: List): number => rows.filter(({ status }) => statuses[list].includes(status)).reduce((sum, { count }) => sum + count, 0)
  return { open: countOf('open'), quarantine: countOf('quarantine'), decided: countOf('decided') }
}

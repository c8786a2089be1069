/**
 * What the office sees of each device's numbers: a number below the last that never came is an application that may stand
 * on that tablet alone; a number with two contents is a tablet that was copied or put back. Nothing is refused for either.
 * One pass over the index by device and number, whose answer is bounded: ten ranges and ten numbers a device.
 */
import { sql } from 'kysely'
import type { DeviceId } from '../../core/ids.ts'
import type { DeviceNumbers } from '../../core/wire/desk.ts'
import type { Database } from '../postgres/database.ts'

const shown = 10

export interface SeenNumbers {
  readonly last: number
  readonly numbers: DeviceNumbers
}

interface Row {
  readonly device: DeviceId
  readonly last: number
  readonly missing: number
  readonly gap_count: number
  readonly gaps: DeviceNumbers['gaps'] | null
  readonly fork_count: number
  readonly forks: DeviceNumbers['forks'] | null
}

/** By device, for every one of which something came. What is disputed came, too, and counts for the device that signed it. */
export async function deviceNumbers(db: Database): Promise<ReadonlyMap<DeviceId, SeenNumbers>> {
  const { rows } = await sql<Row>`
    with came as (
      select device, seq, count(*) as contents
      from (select device, seq from envelopes union all select device, seq from disputes where seq is not null) as one
      group by device, seq
    ), steps as (
      select device, seq, contents, lag(seq, 1, 0::bigint) over (partition by device order by seq) as before from came
    ), ranked as (
      select *,
        count(*) filter (where seq > before + 1) over newest as gap_rank,
        count(*) filter (where contents > 1) over newest as fork_rank
      from steps
      window newest as (partition by device order by seq desc)
    )
    select device, max(seq) as last, sum(seq - before - 1)::bigint as missing,
      count(*) filter (where seq > before + 1) as gap_count,
      jsonb_agg(jsonb_build_object('from', before + 1, 'to', seq - 1) order by seq) filter (where seq > before + 1 and gap_rank <= ${shown}) as gaps,
      count(*) filter (where contents > 1) as fork_count,
      jsonb_agg(jsonb_build_object('number', seq, 'contents', contents) order by seq) filter (where contents > 1 and fork_rank <= ${shown}) as forks
    from ranked group by device`.execute(db)
  return new Map(rows.map((row) => [row.device, seenOf(row)]))
}

function seenOf({ last, missing, gap_count, gaps, fork_count, forks }: Row): SeenNumbers {
  const [newestGaps, newestForks] = [gaps ?? [], forks ?? []]
  return {
    last,
    numbers: { missing, gaps: newestGaps, moreGaps: gap_count - newestGaps.length, forks: newestForks, moreForks: fork_count - newestForks.length },
  }
}

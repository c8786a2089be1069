/** One page of a tablet of the swarm: the real offline half on the tablet's disk, with a road to the office. */
import type { Database } from '../../../src/offline/db.ts'
import { makeSignedIn } from '../../../src/offline/dpop.ts'
import type { NewsPorts } from '../../../src/offline/feed/news.ts'
import { makeHttp } from '../../../src/offline/http.ts'
import { noteRefusal, readIdentity } from '../../../src/offline/keys.ts'
import { overHttp } from '../../../src/offline/outbox/overHttp.ts'
import { makeRunner, type Runner } from '../../../src/offline/outbox/runner.ts'
import type { Nudge } from '../../../src/offline/outbox/state.ts'
import type { Fetch, Stop, Timers } from '../../../src/offline/ports.ts'
import { refreshKeys } from '../../../src/offline/refreshKeys.ts'
import { makeSignals } from '../../../src/offline/signals.ts'
import { makeTablet } from '../../../src/offline/tablet/makeTablet.ts'
import type { TabletPorts } from '../../../src/offline/tablet/tabletPorts.ts'
import type { Tablet } from '../../../src/offline/tablet.ts'
import { realRandom, smallKdf, smallKdfParams } from '../../support/offline/fakePorts.ts'
import type { FastTime } from '../lab/fastTime.ts'
import { tellTrouble } from './alive.ts'
import type { TabletDisk } from './tabletDisk.ts'

export interface Page {
  readonly tablet: Tablet
  readonly db: Database
  readonly runner: Runner
  /** For asking the office what is new and what it holds. */
  readonly asking: NewsPorts
  /** Sends now, and whenever something is finalised, as a page of the product does. */
  keepsSending(): void
  close(): void
}

export interface PageOptions {
  readonly db: Database
  readonly disk: TabletDisk
  readonly time: FastTime
  /** Deadlines of requests pass less fast than pauses, since the office is not any faster. */
  readonly deadlines: Timers
  /** Where the tablet believes the office to be. */
  readonly origin: string
  readonly fetch: Fetch
  /** Settings of a second page that differ. */
  readonly change?: Partial<TabletPorts>
}

export function openPage({ db, disk, time, deadlines, origin, fetch, change = {} }: PageOptions): Page {
  const { mirror, parts, ledger, reserve, storage, surroundings, locks, channel } = disk
  const ports: TabletPorts = {
    ...{ db, mirror, parts, ledger, reserve, storage, surroundings, locks, origin, fetch },
    ...{ clock: time.clock, steady: time.steady, timers: time.timers, random: realRandom, signals: makeSignals(channel()) },
    ...{ kdf: smallKdf, newKdfParams: smallKdfParams, trouble: tellTrouble },
    ...change,
  }
  const http = makeHttp({ ...ports, timers: deadlines })
  const signedIn = makeSignedIn({ ...ports, http, identity: () => readIdentity(db), refused: (refusal) => noteRefusal(db, refusal) })
  const runner = makeRunner({ ...ports, transport: overHttp(http), refreshKeys: () => refreshKeys(db, http) })
  const send = (why: Nudge): void => void runner.run(why).catch(tellTrouble)
  let stopListening: Stop = () => undefined
  return {
    ...{ tablet: makeTablet(ports), db, runner },
    asking: { ...ports, http, signedIn, queued: () => send('queued') },
    keepsSending() {
      stopListening = ports.signals.on(({ kind }) => {
        if (kind === 'queued') send(kind)
      })
      send('started')
    },
    close() {
      stopListening()
      runner.stop()
      db.close()
    },
  }
}

import type { Event, Funnel, FunnelTally, Range } from '@weir/timeline'
import type { PlainFunnelTally } from '../../../timeline/oracle/index.ts'
import { plainTally } from '../../../timeline/src/fixture.ts'
import { extendDictionary } from '../db/dictionary.ts'
import { idFrom } from '../ingest/event-id.ts'
import { propertiesOf } from '../ingest/vocabulary.ts'
import { writeBatch } from '../ingest/write-batch.ts'
import type { Report } from '../scan/report.ts'
import { openScan, type ScanOptions } from '../scan/scan.ts'
import { startTestWeir, type TestWeir } from '../testing.ts'

/** For tests: a Weir in which nothing is woven unless the test says so, and any number of sites. */
export interface Loom {
  weir: TestWeir
  /** A site that nobody used before. */
  newSite(): number
  /** Writes events in one batch, as ingest does. */
  send(site_id: number, events: readonly SentEvent[]): Promise<void>
  ask(
    site_id: number,
    funnel: Funnel,
    range: Range,
    signal?: AbortSignal,
  ): Promise<PlainFunnelTally>
  stop(): Promise<void>
}

export type SentEvent = Event & { order_id?: string; by_server?: boolean }

export async function startLoom(options: Partial<ScanOptions> = {}): Promise<Loom> {
  const weir = await startTestWeir({ weaving: false })
  // A test ends connections in the middle of their work; without a listener that ends the process.
  weir.db.timelines.on('connect', (client) => client.on('error', () => undefined))
  const scan = openScan(weir.db.timelines, weir.database_url, 2, options)
  let site = 1_000
  let sent = 0
  return {
    weir,
    newSite: () => ++site,
    async send(site_id, events) {
      const batch = events.map(({ visitor, properties, order_id, by_server, ...event }) => ({
        ...event,
        site_id,
        visitor_id: visitor,
        event_id: idFrom(Math.max(0, event.at), `event ${sent++}`),
        stream: null,
        seq: null,
        ...asStored(properties),
        order_id: order_id ?? null,
        by_server: by_server ?? false,
      }))
      await weir.pool.query(
        `insert into sites (site_id, name, time_zone)
         overriding system value values ($1, 'Test shop', 'UTC')
         on conflict do nothing`,
        [site_id],
      )
      await extendDictionary(weir.db.reports, site_id, { names: [], properties: [] })
      await extendDictionary(weir.db.reports, site_id, {
        names: [...new Set(events.map(({ name }) => name))].flatMap(asAnybody),
        properties: [...new Set(batch.flatMap((event) => [...propertiesOf(event)]))],
      })
      await writeBatch(weir.db.ingest, batch)
    },
    async ask(site_id, funnel, range, signal) {
      const read = { from: range.from, until: range.to - 1 + funnel.window_ms }
      const use = ([tallies]: FunnelTally[][]) => {
        const [tally] = tallies ?? []
        if (!tally) throw new Error('a report without a tally')
        return plainTally(funnel, tally)
      }
      const report: Report = { kind: 'funnel', funnel, detail: 'all', range }
      return scan.count(site_id, [report], read, use, signal)
    },
    async stop() {
      await scan.close()
      await weir.stop()
    },
  }
}

/** An event's name as a person's, a bot's, and a cookieless one's. */
const asAnybody = (name: string) =>
  [true, false].flatMap((bot) => [true, false].map((cookieless) => ({ name, bot, cookieless })))

/** What is stored has no nulls. */
function asStored(properties: object) {
  const json = JSON.stringify(properties, (_, value) => value ?? undefined)
  return { json, properties: JSON.parse(json), derived: {} }
}

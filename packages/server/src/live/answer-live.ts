import { type LiveAnswer, STANDARD_STAGES } from '@weir/contract'
import type { Funnel, FunnelTally, Range } from '@weir/timeline'
import type { Backend } from '../backend.ts'
import type { Report } from '../scan/report.ts'

const NOW_MS = 5 * 60_000
const LATELY_MS = 30 * 60_000

/** Who is there, and what was done lately; counted like every other answer, tail included. */
export async function answerLive(
  { scan, now }: Pick<Backend, 'scan' | 'now'>,
  site_id: number,
  signal: AbortSignal,
): Promise<LiveAnswer> {
  const as_of = now()
  const to = as_of + 1
  const reports = [
    reportOf('*', { from: to - NOW_MS, to }),
    ...STANDARD_STAGES.map((name) => reportOf(name, { from: to - LATELY_MS, to })),
  ]
  const read = { from: to - LATELY_MS, until: as_of }
  const use = ([here, ...stages]: FunnelTally[][]): LiveAnswer => ({
    as_of: new Date(as_of).toISOString(),
    visitors_now: here?.[0]?.site_visitors ?? 0,
    stages: STANDARD_STAGES.map((name, place) => {
      const entries = stages[place]?.[0]?.stages[0]
      return { name, events: entries?.fills ?? 0, visitors: entries?.count ?? 0 }
    }),
  })
  return scan.count(site_id, reports, read, use, signal)
}

/** Every event of the name is an entry of this funnel; nobody asks how it goes on. */
function reportOf(name: string, range: Range): Report {
  const stage = { events: [name], filters: [], optional: false }
  const funnel: Funnel = {
    stages: [stage, stage],
    window_ms: 1,
    order: 'ordered',
    exclusions: [],
    hold: null,
    unit: 'visitor',
    filters: [],
    bots: false,
    cookieless: false,
    breakdown: null,
  }
  return { kind: 'funnel', funnel, range, detail: 'counts' }
}

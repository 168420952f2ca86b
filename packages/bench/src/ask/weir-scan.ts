import type { Funnel, FunnelTally } from '@weir/timeline'
import { openDatabase } from '../../../server/src/db/database.ts'
import type { Report } from '../../../server/src/scan/report.ts'
import { openScan } from '../../../server/src/scan/scan.ts'
import type { Loaded } from '../load/load.ts'
import { type Contender, timed } from './contender.ts'
import { STAGES, THREADS, WINDOW_MS } from './question.ts'

const DAY_MS = 86_400_000

export const FUNNEL: Funnel = {
  stages: STAGES.map((name) => ({ events: [name], filters: [], optional: false })),
  window_ms: WINDOW_MS,
  order: 'ordered',
  unit: 'visitor',
  hold: null,
  filters: [],
  exclusions: [],
  breakdown: null,
  bots: false,
  cookieless: false,
}

/** The same questions of the scan itself. */
export function openWeirScan(
  { site_id, dataset }: Loaded,
  database_url: string,
): { plain: Contender; trend: Contender } {
  const { from, to } = dataset
  const db = openDatabase(database_url)
  const scan = openScan(db.timelines, database_url, THREADS)
  const days = Array.from({ length: (to - from) / DAY_MS + 1 }, (_, day) => from + day * DAY_MS)
  // Both share them: the first to be closed closes them.
  let closing: Promise<void> | undefined
  const close = () => (closing ??= scan.close().then(() => db.close()))
  const contender = (name: string, report: Report): Contender => ({
    name,
    rule: report.kind === 'funnel' ? 'exact' : 'own',
    pid: null,
    ask: () =>
      timed(async () => {
        const read = { from, until: to - 1 + WINDOW_MS }
        const use = ([tallies = []]: FunnelTally[][]) =>
          STAGES.map((_, stage) =>
            tallies.reduce((sum, { stages }) => sum + (stages[stage]?.count ?? 0), 0),
          )
        return scan.count(site_id, [report], read, use)
      }),
    close,
  })
  return {
    plain: contender('Weir, the scan alone', {
      kind: 'funnel',
      funnel: FUNNEL,
      detail: 'all',
      range: { from, to },
    }),
    trend: contender('Weir, daily trend (scan; counts are summed over days)', {
      kind: 'trend',
      funnel: FUNNEL,
      detail: 'all',
      boundaries: days,
    }),
  }
}

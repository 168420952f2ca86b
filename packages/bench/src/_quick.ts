import { startEmbedded } from '../../server/src/postgres/embedded.ts'
import { openWeir } from './ask/weir.ts'
import { openWeirScan } from './ask/weir-scan.ts'
import { HOME } from './home.ts'
import { quarter, smallYear } from './load/dataset.ts'
import { urlOf } from './load/make-database.ts'
import { findStored } from './load/store.ts'

const which = process.argv[2] ?? '10'
const runs = Number(process.argv[3] ?? 8)
const pg = await startEmbedded({ dataDir: HOME })
const dataset: any = which === 'year' ? smallYear(42) : quarter(Number(which) * 1e6, 42)
const stored = await findStored(pg.url, dataset)
if (!stored) throw new Error('not stored')
const loaded: any = { ...stored }
const url = urlOf(pg.url, dataset.name)
const what = (process.argv[4] ?? 'scan,trend,http,breakdown').split(',')
const scan = openWeirScan(loaded, url)
const http = what.some((w) => w === 'http' || w === 'breakdown')
  ? await openWeir(loaded, url)
  : null

import { openDatabase } from '../../server/src/db/database.ts'
import { openScan } from '../../server/src/scan/scan.ts'
import { FUNNEL } from './ask/weir-scan.ts'

const db = openDatabase(url)
const scan2 = openScan(db.timelines, url, 2)
const bd = {
  ask: async () => {
    const t = performance.now()
    const [[tally]]: any = await scan2.count(
      loaded.site_id,
      [
        {
          kind: 'funnel',
          detail: 'all',
          range: { from: dataset.from, to: dataset.to },
          funnel: {
            ...FUNNEL,
            filters: [{ property: 'device', op: 'eq', value: 'mobile' }],
            breakdown: { property: 'utm_campaign', attribution: 'last_touch' },
          } as any,
        },
      ],
      { from: dataset.from, until: dataset.to - 1 + 7 * 86400000 },
    )
    return { ms: performance.now() - t, counts: tally.stages.map((s: any) => s.count) }
  },
}
const all: any = {
  bd,
  scan: scan.plain,
  trend: scan.trend,
  http: http?.plain,
  breakdown: http?.breakdown,
}
const med = (a: number[]) => a.sort((x, y) => x - y)[a.length >> 1]!
for (const w of what) {
  const times: number[] = []
  let counts
  for (let i = 0; i < runs + 3; i++) {
    const r = await all[w].ask()
    counts = r.counts
    times.push(r.ms)
  }
  const first = times.slice(0, 3),
    rest = times.slice(3)
  console.log(
    w,
    'first',
    first.map((t) => t.toFixed(0)).join(' '),
    'median',
    med(rest).toFixed(0),
    'least',
    Math.min(...rest).toFixed(0),
    String(counts),
  )
}
await http?.plain.close()
await scan.plain.close()
await pg.stop()
process.exit(0)

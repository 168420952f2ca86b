import { startEmbedded } from '../../server/src/postgres/embedded.ts'
import { HOME } from './home.ts'
import { quarter, smallYear } from './load/dataset.ts'
import { findStored } from './load/store.ts'
import { urlOf } from './load/make-database.ts'
import { openWeir } from './ask/weir.ts'
import { openWeirScan } from './ask/weir-scan.ts'
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
const http = what.some((w) => w === 'http' || w === 'breakdown') ? await openWeir(loaded, url) : null
const all: any = { scan: scan.plain, trend: scan.trend, http: http?.plain, breakdown: http?.breakdown }
const med = (a: number[]) => a.sort((x, y) => x - y)[a.length >> 1]!
for (const w of what) {
  const times: number[] = []
  let counts
  for (let i = 0; i < runs + 3; i++) { const r = await all[w].ask(); counts = r.counts; times.push(r.ms) }
  const first = times.slice(0, 3), rest = times.slice(3)
  console.log(w, 'first', first.map((t) => t.toFixed(0)).join(' '), 'median', med(rest).toFixed(0), 'least', Math.min(...rest).toFixed(0), String(counts))
}
await http?.plain.close(); await scan.plain.close(); await pg.stop()
process.exit(0)

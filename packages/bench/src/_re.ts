import { startEmbedded } from '../../server/src/postgres/embedded.ts'
import { HOME } from './home.ts'
import { quarter } from './load/dataset.ts'
import { load } from './load/load.ts'
const pg = await startEmbedded({ dataDir: HOME })
const l: any = await load(pg.url, quarter(1e7, 42) as any, true)
console.log(JSON.stringify(l.weaving), l.events / l.weaving.cpu_seconds)
await pg.stop(); process.exit(0)

/** `npm run bench -- query | ingest | mixed | crash | soak | tag`; see USAGE. */
import { parseArgs } from 'node:util'
import { crash } from './crash.ts'
import { ingest } from './ingest.ts'
import { mixed } from './mixed.ts'
import { query } from './query.ts'
import { soak } from './soak.ts'
import { tag } from './tag.ts'

const USAGE = `npm run bench -- query [--events 1000000] [--seed 42] [--peers] [--reuse]

  --events  how many, 10,000 or more; a tenth is loaded too
  --peers   installs DuckDB and ClickHouse (700 MB, into .weir/bench) and asks them
  --reuse   takes the events that an earlier run stored; timelines are woven anew

npm run bench -- ingest [--seconds 60] [--outage 60]

  --seconds  how long each load lasts
  --outage   for how long the database is stopped under full load

npm run bench -- mixed [--events 1000000] [--seconds 60] [--seed 42]

  --seconds  for how long questions are asked while events arrive

npm run bench -- crash [--seconds 60] [--seed 42]

  --seconds  how long processes are killed under load

npm run bench -- soak [--seconds 60]

  --seconds  how long; the clock of Weir shows 60 days meanwhile

npm run bench -- tag [--loads 30]

  --loads  how many shoppers open pages, and how often one calls`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '42' },
    seconds: { type: 'string', default: '60' },
    loads: { type: 'string', default: '30' },
    outage: { type: 'string', default: '0' },
    peers: { type: 'boolean', default: false },
    reuse: { type: 'boolean', default: false },
  },
})
const events = Number(values.events.replaceAll('_', ''))
const seed = Number(values.seed)
const seconds = Number(values.seconds)
const [what] = positionals
const command = `npm run bench -- ${process.argv.slice(2).join(' ')}`

if (what === 'query' && events >= 10_000 && Number.isSafeInteger(seed)) {
  await query({ events, seed, command, peers: values.peers, reuse: values.reuse })
} else if (what === 'ingest' && seconds >= 1) {
  await ingest({ seconds, outage_seconds: Number(values.outage), command })
} else if (what === 'mixed' && seconds >= 1 && events >= 10_000 && Number.isSafeInteger(seed)) {
  await mixed({ events, seed, seconds, command })
} else if (what === 'crash' && seconds >= 1 && Number.isSafeInteger(seed)) {
  await crash({ seconds, seed, command })
} else if (what === 'soak' && seconds >= 60) {
  await soak({ seconds, command })
} else if (what === 'tag' && Number(values.loads) >= 1) {
  await tag({ loads: Number(values.loads), command })
} else {
  console.error(USAGE)
  process.exit(1)
}

/** `npm run bench -- query [--events 1000000] [--seed 42] [--peers] [--reuse]` */
import { parseArgs } from 'node:util'
import { query } from './query.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '42' },
    peers: { type: 'boolean', default: false },
    reuse: { type: 'boolean', default: false },
  },
})
const events = Number(values.events.replaceAll('_', ''))
const seed = Number(values.seed)
const [what] = positionals

if (what !== 'query' || !(events >= 10_000) || !Number.isSafeInteger(seed)) {
  console.error(
    'npm run bench -- query [--events 1000000] [--seed 42] [--peers] [--reuse]\n\n' +
      '  --events  how many, 10,000 or more; a tenth is loaded too\n' +
      '  --peers   installs DuckDB and ClickHouse (700 MB, into .weir/bench) and asks them\n' +
      '  --reuse   takes the events that an earlier run stored; timelines are woven anew',
  )
  process.exit(1)
}
const command = `npm run bench -- ${process.argv.slice(2).join(' ')}`
await query({ events, seed, command, peers: values.peers, reuse: values.reuse })

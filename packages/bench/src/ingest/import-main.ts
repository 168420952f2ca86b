/** The importer's process: streams events to `POST /v1/import`, and says how long it took, as JSON. */
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { uuidOf } from '../traffic/uuid.ts'

const asked = z
  .object({ url: z.string(), key: z.string(), events: z.int() })
  .parse(JSON.parse(process.argv[2] ?? ''))

const LINES_AT_ONCE = 500
const DAYS = 60
const DAY_MS = 86_400_000

/** Day after day, as exports are. */
function* lines(): Generator<string> {
  const from = Date.now() - DAYS * DAY_MS
  const step = (DAYS * DAY_MS) / asked.events
  for (let number = 0; number < asked.events; ) {
    let some = ''
    for (let i = 0; i < LINES_AT_ONCE && number < asked.events; i++, number++) {
      const at = Math.floor(from + number * step)
      const visitor = uuidOf(at - (at % DAY_MS), Math.floor((number * 7_919) % 50_000), 77)
      some +=
        `{"id":"${uuidOf(at, number, 99)}","name":"${number % 3 ? 'view' : 'product_view'}","at":${at},` +
        `"visitor_id":"${visitor}","properties":{"host":"shop.example","path":"/p/${number % 5_000}",` +
        `"country":"DE","device":"desktop","product_id":"p-${number % 5_000}","price":19.9}}\n`
    }
    yield some
  }
}

const began = performance.now()
const response = await fetch(`${asked.url}/v1/import`, {
  method: 'POST',
  headers: { authorization: `Bearer ${asked.key}`, 'content-type': 'application/x-ndjson' },
  body: Readable.from(lines()),
  duplex: 'half',
})
const answers = (await text(Readable.from(response.body ?? []))).trimEnd().split('\n')
const summary = JSON.parse(answers.at(-1) ?? '{}')
const seconds = (performance.now() - began) / 1_000
if (summary.accepted !== asked.events) throw new Error(`not all were stored: ${answers.at(-1)}`)
process.stdout.write(JSON.stringify({ seconds, events: asked.events }))

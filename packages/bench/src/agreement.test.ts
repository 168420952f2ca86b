import type { FunnelAnswer } from '@weir/contract'
import { columnsOf, foldTimelines, funnelFold, gather } from '@weir/timeline'
import { oracleTally } from '@weir/timeline/oracle'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readJson, startTestWeir, type TestWeir } from '../../server/src/testing.ts'
import { makeNarrow } from './ask/make-narrow.ts'
import { countsOf } from './ask/postgres.ts'
import { eventsTable, narrowTable } from './ask/sources.ts'
import { plainQuestion } from './ask/weir.ts'
import { FUNNEL } from './ask/weir-scan.ts'
import { windowSql } from './ask/window-sql.ts'
import { copyTraffic } from './load/copy-traffic.ts'
import { makeMonths } from './load/make-months.ts'
import { weaveAll } from './load/weave-all.ts'
import { traffic } from './traffic/traffic.ts'

const DAY_MS = 86_400_000
const DAYS = 24
const from = Date.UTC(2025, 0)
// Completions lie after the range too.
const range = { from, to: from + 15 * DAY_MS }
const days = [...traffic({ seed: 7, events: 4_000, from, days: DAYS })]
const events = days.flat().map(({ visitor_id, ...event }) => ({ ...event, visitor: visitor_id }))

let weir: TestWeir
let client: Client

beforeAll(async () => {
  weir = await startTestWeir()
  client = new Client({ connectionString: weir.database_url })
  await client.connect()
  await makeMonths(weir.db.reports, { from, to: from + DAYS * DAY_MS })
  await copyTraffic(client, weir.site_id, days)
  await makeNarrow(client)
})

afterAll(async () => {
  await client.end()
  await weir.stop()
})

const engine = () =>
  foldTimelines(funnelFold(FUNNEL, range), gather(events, columnsOf(FUNNEL))).stages.map(
    ({ count }) => count,
  )

const overHttp = async () => {
  const response = await fetch(`${weir.url}/v1/query/funnel`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${weir.keys.read}` },
    body: JSON.stringify(plainQuestion(range)),
  })
  const answer = await readJson<FunnelAnswer>(response)
  return answer.stages.map(({ count }) => count)
}

test('every stage of the generated traffic is reached by somebody', () => {
  expect(engine().every((count) => count > 0)).toBe(true)
  expect(engine()).toEqual(engine().toSorted((a, b) => b - a))
})

test('the oracle counts what the engine counts', () => {
  expect(oracleTally(FUNNEL, range, events).stages.map(({ count }) => count)).toEqual(engine())
})

test('window functions over the events count what the engine counts', async () => {
  expect(await countsOf(client, windowSql(eventsTable(weir.site_id, range)))).toEqual(engine())
})

test('window functions over three narrow columns do too', async () => {
  expect(await countsOf(client, windowSql(narrowTable(range)))).toEqual(engine())
})

test('Weir answers the same, woven and not', async () => {
  expect(await overHttp()).toEqual(engine())
  await weaveAll(weir.db.timelines)
  expect(await overHttp()).toEqual(engine())
})

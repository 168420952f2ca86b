import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestWeir, type TestWeir } from './testing.ts'

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir({ weaving: false })
})
afterAll(() => weir.stop())

const scrape = (key: string) =>
  fetch(`${weir.url}/metrics`, { headers: { authorization: `Bearer ${key}` } })

it('counts what became of events, and what waits to be woven', async () => {
  const at = Date.now()
  const view = { name: 'view', at, visitor_id: 'v-1' }
  const events = [view, { ...view, seq: 2 }, { ...view, name: '' }]
  const body = JSON.stringify({ key: weir.keys.write, events })
  for (let i = 0; i < 2; i++) await fetch(`${weir.url}/v1/events`, { method: 'POST', body })
  const response = await scrape(weir.keys.admin)
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4')
  const lines = (await response.text()).split('\n').filter((line) => !line.startsWith('#'))
  expect(lines).toEqual(
    expect.arrayContaining([
      'weir_events_total{outcome="accepted"} 2',
      'weir_events_total{outcome="duplicate"} 2',
      'weir_events_total{outcome="rejected"} 2',
      'weir_events_rejected_total{code="name_required"} 2',
      'weir_commit_seconds_count 2',
      'weir_commit_rows_total 4',
      'weir_queue_rows 0',
      'weir_unwoven_events 2',
      'weir_partitions 4',
      'weir_database_up 1',
    ]),
  )
})

it('counts what an import brings', async () => {
  const lines = ['{"name":"view","visitor_id":"v-2","at":1790000000000}', 'nonsense']
  await fetch(`${weir.url}/v1/import`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${weir.keys.secret}`,
      'content-type': 'application/x-ndjson',
    },
    body: lines.join('\n'),
  }).then((response) => response.text())
  const text = await (await scrape(weir.keys.admin)).text()
  expect(text).toContain('weir_events_total{outcome="accepted"} 3\n')
  expect(text).toContain('weir_events_rejected_total{code="invalid_json"} 1\n')
})

it('tells how a shop fares to whoever runs Weir alone', async () => {
  for (const key of [weir.keys.read, weir.keys.write]) expect((await scrape(key)).status).toBe(403)
})

import type { FunnelAnswer } from '@weir/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readJson, startTestWeir, type TestWeir } from '../testing.ts'
import { weave } from './weave.ts'

let weir: TestWeir
beforeAll(async () => {
  weir = await startTestWeir({ weaving: false })
})
afterAll(() => weir.stop())

it.each([
  { name: 'cookieless as text', properties: { cookieless: 'true' } },
  { name: 'bot as text', properties: { bot: 'true' } },
  { name: 'bot on an item', properties: { items: [{ bot: true }] } },
  { name: 'bot as any other text', properties: { bot: 'yes' } },
])('questions are answered, and events woven, whoever says $name', async ({ properties }) => {
  const response = await fetch(`${weir.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${weir.keys.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      events: [{ name: 'view', visitor_id: 'v', at: Date.UTC(2026, 9, 5), properties }],
    }),
  })
  expect(await readJson(response)).toMatchObject({ accepted: 1 })
  const path = '/v1/rates?funnel=storefront&from=2026-10-01&to=2026-11-01'
  const fresh = await weir.ask<FunnelAnswer>(path)
  await weave(weir.db.timelines)
  const woven = await weir.ask<FunnelAnswer>(path)
  expect(woven.stages).toEqual(fresh.stages)
  const { rows } = await weir.pool.query('select 1 from batches where woven is null')
  expect(rows).toEqual([])
})

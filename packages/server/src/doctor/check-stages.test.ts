import type { Site } from '@weir/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Loom, startLoom } from '../weave/loom.fixture.ts'
import { eventOf } from '../weave/questions.fixture.ts'
import { weave } from '../weave/weave.ts'
import { checkStages } from './check-stages.ts'

const DAY_MS = 86_400_000
const NOW = Date.parse('2026-11-01T09:30:00Z')

let loom: Loom
beforeAll(async () => {
  loom = await startLoom()
})
afterAll(() => loom.stop())

async function found(site_id: number): Promise<string[]> {
  const site: Site = { id: site_id, name: 'Shop', time_zone: 'UTC', origins: null }
  const findings = await checkStages(loom.weir.db.timelines, site, NOW)
  return findings.map((finding) => `${finding.state}: ${finding.found}`)
}

it('tells a stage that never came, and one that comes no more, fresh and woven', async () => {
  const site_id = loom.newSite()
  expect(await found(site_id)).toEqual(['look: nothing has come yet'])
  await loom.send(site_id, [eventOf('v', NOW - DAY_MS, 'wishlist')])
  expect(await found(site_id)).toEqual([
    expect.stringMatching(/^look: none of the five stages came in \d{3} days$/),
  ])
  await loom.send(site_id, [
    eventOf('v', NOW - 40 * DAY_MS, 'chat'),
    eventOf('v', NOW - 10 * DAY_MS, 'purchase', { order_id: 'o' }),
    eventOf('v', NOW - 2 * DAY_MS, 'add_to_cart', { bot: true }),
    eventOf('v', NOW - 2 * DAY_MS, 'product_view'),
    // A clock may be a little ahead.
    eventOf('v', NOW + 60_000, 'view'),
  ])
  for (const isWoven of [false, true]) {
    if (isWoven) await weave(loom.weir.db.timelines)
    expect(await found(site_id)).toEqual([
      'look: chat has not come since 2026-09-22',
      expect.stringMatching(/^look: add_to_cart never came in \d{3} days$/),
    ])
  }
})

it('finds nothing where all come', async () => {
  const site_id = loom.newSite()
  const stages = ['view', 'product_view', 'chat', 'add_to_cart', 'purchase']
  await loom.send(
    site_id,
    stages.map((stage, place) => eventOf('v', NOW - place * DAY_MS, stage, { order_id: 'o' })),
  )
  expect(await found(site_id)).toEqual(['good: every stage has fired'])
})

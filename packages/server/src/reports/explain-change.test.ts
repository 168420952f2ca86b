import type { Site } from '@weir/contract'
import { emptyTally, type FunnelTally } from '@weir/timeline'
import { expect, it } from 'vitest'
import { explainChange } from './explain-change.ts'
import { resolveQuestion } from './resolve-question.ts'

const SITE: Site = { id: 1, name: 'Shop', time_zone: 'UTC', origins: null }

const resolved = resolveQuestion(
  {
    stages: ['view', 'product_view', 'add_to_cart', 'purchase'].map((name) => ({ events: [name] })),
    from: '2026-10-01',
    to: '2026-11-01',
  },
  undefined,
  SITE,
)

function counted(...counts: number[]) {
  const plain = emptyTally(counts.length)
  const stages = plain.stages.map((stage, place) => ({ ...stage, count: counts[place] ?? 0 }))
  const funnel: FunnelTally = {
    ...plain,
    stages,
    site_visitors: counts[0] ?? 0,
    cookieless_events: 0,
    rows: null,
  }
  return { funnel, targets: [] }
}

it('names the step that went the way of the rate, however far another went the other way', () => {
  // Twice as many see a product; fewer put it into the cart, and of those fewer buy.
  const change = explainChange(
    resolved,
    counted(100_000, 40_000, 6_000, 1_800),
    counted(100_000, 20_000, 6_000, 3_000),
  )
  expect(change?.by_stage[0]).toMatchObject({ name: 'product_view' })
  expect(change?.sentence).toMatch(
    /^The rate fell by 1\.20 percentage points; most by the step to (add_to_cart|purchase)\.$/,
  )
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Loom, startLoom } from '../weave/loom.fixture.ts'
import { eventOf, from, funnelOf } from '../weave/questions.fixture.ts'
import { weave } from '../weave/weave.ts'

const NOON = Date.UTC(2026, 9, 5, 12)
const breakdown = { property: 'plan', attribution: 'last_touch' } as const
const funnel = { ...funnelOf('view', 'purchase'), breakdown }

let loom: Loom
beforeAll(async () => {
  loom = await startLoom()
})
afterAll(() => loom.stop())

it('refuses a breakdown by lists of the site and days that are asked about, and of no others', async () => {
  const [lists, texts] = [loom.newSite(), loom.newSite()]
  const items = { items: [{ plan: 'small' }, { plan: 'large' }] }
  await loom.send(lists, [eventOf('v', NOON, 'view', items)])
  await loom.send(texts, [eventOf('v', NOON, 'view', { plan: 'small' })])
  for (const _ of ['fresh', 'woven']) {
    const asked = (site_id: number) => loom.ask(site_id, funnel, from(NOON, 1_000))
    await expect(asked(lists)).rejects.toMatchObject({ errors: [{ code: 'list_property' }] })
    expect([...((await asked(texts)).rows?.keys() ?? [])]).toEqual(['small'])
    await weave(loom.weir.db.timelines)
  }
})

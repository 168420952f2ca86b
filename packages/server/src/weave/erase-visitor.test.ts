import { afterAll, beforeAll, expect, it } from 'vitest'
import { eraseVisitor } from './erase-visitor.ts'
import { type Loom, startLoom } from './loom.fixture.ts'
import { eventOf, from, funnelOf } from './questions.fixture.ts'
import { sweep } from './sweep.ts'
import { weave } from './weave.ts'

const NOON = Date.UTC(2026, 9, 5, 12)
const DAY_MS = 86_400_000
const range = from(NOON, 2 * DAY_MS)
const funnel = funnelOf('view', 'view')

let loom: Loom
beforeAll(async () => {
  loom = await startLoom()
})
afterAll(() => loom.stop())

const visit = (visitor: string) =>
  [0, 1, DAY_MS].map((later) => eventOf(visitor, NOON + later, 'view', { page: visitor }))

const bought = (visitor: string, order_id: string) => ({
  ...eventOf(visitor, NOON + 5, 'purchase', { order_id, value: 1 }),
  order_id,
})

async function traces(site_id: number, visitor: string) {
  const { rows } = await loom.weir.pool.query(
    `
    select
      (select count(*)::integer from events where site_id = $1 and visitor_id = $2) as events,
      (select count(*)::integer from orders where site_id = $1 and visitor_id = $2) as orders,
      (select count(*)::integer from removals where site_id = $1 and visitor_id = $2) as removals,
      (
        select count(*)::integer
        from timelines
        where site_id = $1 and position(convert_to($2, 'utf8') in data) > 0
      ) as columns`,
    [site_id, visitor],
  )
  return rows[0]
}

const NONE = { events: 0, orders: 0, removals: 0, columns: 0 }

it.each([
  { name: 'woven', weaves: 2 },
  { name: 'in a part and in the tail', weaves: 1 },
  { name: 'not woven yet', weaves: 0 },
])('forgets a visitor whose events are $name, and no other', async ({ weaves }) => {
  const site_id = loom.newSite()
  const { timelines } = loom.weir.db
  await loom.send(site_id, [...visit('gone'), ...visit('here'), bought('gone', 'a')])
  if (weaves > 0) await weave(timelines)
  await loom.send(site_id, [...visit('gone'), bought('gone', 'b'), bought('here', 'c')])
  if (weaves > 1) await weave(timelines)
  // What a page said of an order that the server then told otherwise.
  await loom.send(site_id, [{ ...bought('here', 'b'), by_server: true }])
  expect(await loom.ask(site_id, funnel, range)).toMatchObject({ site_visitors: 2 })

  expect(await eraseVisitor(loom.weir.db, site_id, 'gone')).toBe(7)
  expect(await traces(site_id, 'gone')).toMatchObject({ events: 0, orders: 0, removals: 0 })
  expect(await loom.ask(site_id, funnel, range)).toMatchObject({ site_visitors: 1 })
  await weave(timelines)
  expect(await loom.ask(site_id, funnel, range)).toMatchObject({ site_visitors: 1 })
  await sweep(timelines, 0)
  expect(await traces(site_id, 'gone')).toEqual(NONE)
  expect(await traces(site_id, 'here')).not.toMatchObject({ columns: 0 })
})

it('leaves a ledger that counts what is there', async () => {
  const { rows } = await loom.weir.pool.query(`
    with counted as (select batch_id, count(*)::integer as events from events group by batch_id)
    select batch_id, batches.events as said, counted.events as found
    from batches
    left join counted using (batch_id)
    where batches.events <> coalesce(counted.events, 0)`)
  expect(rows).toEqual([])
})

it('forgets nobody where there is nobody', async () => {
  expect(await eraseVisitor(loom.weir.db, loom.newSite(), 'nobody')).toBe(0)
})

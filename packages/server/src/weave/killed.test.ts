import { afterAll, beforeAll, expect, it } from 'vitest'
import { holdTable } from './hold-table.fixture.ts'
import { type Loom, startLoom } from './loom.fixture.ts'
import { merge } from './merge.ts'
import { eventOf, from, funnelOf } from './questions.fixture.ts'
import { rebuildTimelines } from './rebuild-timelines.ts'
import { weave } from './weave.ts'

const NOON = Date.UTC(2026, 9, 5, 12)
const range = from(NOON, 3_600_000)
const funnel = funnelOf('view', 'view')
const SMALL = { fan_in: 2, quiet_ms: 0 }

let loom: Loom
beforeAll(async () => {
  loom = await startLoom()
})
afterAll(() => loom.stop())

const pool = () => loom.weir.pool

/** Everything that weaving writes. */
async function state() {
  const tables = ['timelines', 'weaves', 'removals', 'batches'].map(async (table) => {
    const { rows } = await pool().query(
      `select count(*)::integer as rows, md5(string_agg(t::text, ' ' order by t::text)) as digest from ${table} as t`,
    )
    return rows[0]
  })
  return Promise.all(tables)
}

const work = {
  weave: () => weave(loom.weir.db.timelines),
  merge: () => merge(loom.weir.db.timelines, SMALL),
  rebuild: () => rebuildTimelines(loom.weir.db),
}

it.each(['weave', 'merge', 'rebuild'] as const)(
  'a %s that is killed before its commit leaves nothing, and is done by the next',
  async (what) => {
    const site_id = loom.newSite()
    for (const visitor of ['u', 'v', 'w']) {
      await loom.send(site_id, [eventOf(visitor, NOON, 'view')])
      if (visitor !== 'w' || what === 'merge') await weave(loom.weir.db.timelines)
    }
    const before = await state()

    const held = await holdTable(pool(), 'weaves', 'share')
    const killed = expect(work[what]()).rejects.toThrow(/terminat/i)
    const [pid] = await held.waiting()
    await pool().query('select pg_terminate_backend($1)', [pid])
    await killed
    await held.letGo()

    expect(await state()).toEqual(before)
    expect(await loom.ask(site_id, funnel, range)).toMatchObject({ site_visitors: 3 })
    expect(await work[what]()).not.toBe(false)
    expect(await state()).not.toEqual(before)
    expect(await loom.ask(site_id, funnel, range)).toMatchObject({ site_visitors: 3 })
  },
)

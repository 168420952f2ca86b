import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { describe, expect, it } from 'vitest'
import { connection } from '../db/database.ts'
import { claimOrders } from './claim-orders.ts'
import { insertEvents } from './insert-events.ts'
import { newEvent } from './test/new-event.ts'
import { idOf, openShop, purchase, view } from './test/shop.ts'

const shop = openShop()
const BOUNDS = { connections: 1, statement_ms: 30_000 }

const forget = (visitor_id: string, key = shop.keys.secret) =>
  fetch(`${shop.weir.url}/v1/visitors/${visitor_id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${key}` },
  })

describe('a visitor who is erased', () => {
  it('is gone everywhere, and no neighbour with them', async () => {
    await shop.send(shop.keys.write, [view(), purchase('o-1'), { name: '' }])
    await shop.send(shop.keys.write, [view(), purchase('o-2'), { name: '' }], { visitor_id: 'v-2' })
    const response = await forget('v-1')
    expect([response.status, await response.json()]).toEqual([200, { erased_events: 2 }])
    expect((await shop.stored()).map(({ visitor_id }) => visitor_id)).toEqual(['v-2', 'v-2'])
    for (const table of ['orders', 'quarantine']) {
      const rows = await shop.query(`select visitor_id from ${table} where site_id = $1`, [shop.id])
      expect(rows).toEqual([{ visitor_id: 'v-2' }])
    }
    expect(await shop.wrongInTheLedger()).toEqual([])
    const marks = await shop.query('select digest from tombstones where site_id = $1', [shop.id])
    expect(marks).toHaveLength(2)
  })

  it('does not come back, by a retry, a new event, or their order under another name', async () => {
    const sent = [view({ id: idOf(1) }), purchase('o-1', { id: idOf(2) })]
    await shop.send(shop.keys.write, sent)
    await forget('v-1')
    const again = await shop.send(shop.keys.write, [...sent, view({ id: idOf(3) })])
    expect(again.rejected.map(({ code }) => code)).toEqual(Array(3).fill('visitor_erased'))
    const other = await shop.send(shop.keys.write, [purchase('o-1')], { visitor_id: 'v-2' })
    expect(other.rejected).toMatchObject([{ code: 'visitor_erased' }])
    const confirmed = await shop.send(shop.keys.secret, [purchase('o-1')], { visitor_id: null })
    expect(confirmed).toMatchObject({ accepted: 1 })
    expect(await shop.stored()).toEqual([])
    expect(await shop.query('select from orders where site_id = $1', [shop.id])).toEqual([])
    // The quarantine is written a little later: when what was refused last is in it, so is all before.
    await shop.send(shop.keys.write, [{ name: '' }])
    await shop.send(shop.keys.write, [{ name: '' }], { visitor_id: 'v-9' })
    const quarantined = () =>
      shop.query('select visitor_id from quarantine where site_id = $1', [shop.id])
    await expect.poll(quarantined, { timeout: 10_000 }).toEqual([{ visitor_id: 'v-9' }])
  })

  it('leaves those alone who send in the same commit', async () => {
    await shop.send(shop.keys.write, [view()])
    await forget('v-1')
    const mixed = [view(), view({ visitor_id: 'v-2' }), purchase('o-9', { visitor_id: 'v-3' })]
    const receipt = await shop.send(shop.keys.write, mixed)
    expect(receipt).toMatchObject({ accepted: 2, rejected: [{ index: 0 }] })
  })

  it('is the visitor of that site alone, and nobody erases with the page’s key', async () => {
    const other = await shop.newSite()
    for (const { keys } of [shop, other]) await shop.send(keys.write, [view()])
    expect((await forget('v-1', shop.keys.write)).status).toBe(403)
    expect((await forget('v-1', shop.keys.read)).status).toBe(403)
    expect((await forget('v-1', other.keys.secret)).status).toBe(200)
    expect(await shop.stored()).toHaveLength(1)
    expect(await shop.send(shop.keys.write, [view({ seq: 2 })])).toMatchObject({ accepted: 1 })
  })

  it('stays erased also where events are on their way all the time', async () => {
    let sending = true
    const sender = async () => {
      for (let seq = 0; sending; seq++) await shop.send(shop.keys.write, [view({ seq })])
    }
    const senders = Promise.all([sender(), sender(), sender()])
    await shop.send(shop.keys.write, [view({ id: idOf(1) })])
    expect((await forget('v-1')).status).toBe(200)
    sending = false
    await senders
    expect(await shop.stored()).toEqual([])
  })

  it('stays erased where a purchase was in the middle of being written', async () => {
    const purchased = { ...newEvent(shop.id, 1), name: 'purchase', order_id: 'o-1' }
    const { visitor_id } = purchased
    // As ingest writes: whoever erases waits for statements of connections with this name.
    const client = new Client(
      connection(shop.weir.database_url, { ...BOUNDS, name: 'weir ingest' }),
    )
    await client.connect()
    await client.query('begin')
    await claimOrders(client, [purchased])
    await insertEvents(client, [purchased])
    const forgetting = forget(visitor_id)
    await Promise.race([forgetting, sleep(1_000)])
    await client.query('commit')
    await client.end()
    expect((await forgetting).status).toBe(200)
    expect(await shop.stored()).toEqual([])
    const other = await shop.send(shop.keys.write, [purchase('o-1')], { visitor_id: 'v-2' })
    expect(other.rejected).toMatchObject([{ code: 'visitor_erased' }])
  })
})

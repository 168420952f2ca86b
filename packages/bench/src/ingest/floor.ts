import { Client } from 'pg'
import { uuidOf } from '../traffic/uuid.ts'

const ROWS = 500
const PROPERTIES = JSON.stringify({
  host: 'shop.example',
  path: '/p/17',
  title: 'A product',
  screen: '1440x900',
  language: 'de-DE',
  country: 'DE',
  device: 'desktop',
  browser: 'Chrome',
  os: 'Windows',
  utm_source: 'news',
  utm_campaign: 'autumn',
  referrer_host: 'www.google.com',
  channel: 'referral',
  product_id: 'p-1',
  price: 19.9,
  currency: 'EUR',
})

/** Rows a second of bare inserts by `pg`, on one connection: the same table, the same sizes, nothing around it. */
export async function floor(database_url: string, seconds: number): Promise<number> {
  const client = new Client({
    connectionString: database_url,
    options: '-c synchronous_commit=on',
  })
  await client.connect()
  const began = performance.now()
  let rows = 0
  while (performance.now() - began < seconds * 1_000) {
    const at = Date.now()
    const ids = Array.from({ length: ROWS }, (_, place) => uuidOf(at, rows + place, 2 ** 31))
    const visitors = ids.map((_, place) => uuidOf(at, Math.floor(place / 20), 2 ** 31 + 1))
    await client.query({
      name: 'floor',
      text: `insert into events (site_id, visitor_id, event_id, batch_id, at, name, stream, seq, properties)
        select 0, visitor_id, event_id, 0, now(), 'view', 's', 1, $3
        from unnest($1::text[], $2::uuid[]) as event (visitor_id, event_id)
        on conflict do nothing`,
      values: [visitors, ids, PROPERTIES],
    })
    rows += ROWS
  }
  const rate = rows / ((performance.now() - began) / 1_000)
  await client.query('delete from events where site_id = 0')
  await client.end()
  return rate
}

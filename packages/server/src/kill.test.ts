/**
 * The ledger test: what was acknowledged is in Postgres, once, whenever the server is killed.
 *
 * 1. Senders send batches of new events, without a pause, and note what they issued.
 * 2. The driver kills the server with SIGKILL at random (seeded) moments, and starts it again.
 * 3. A request that got no answer is sent again, the same, until it has one; an answer is noted.
 *    What was answered is never sent again, so nothing lost can come back unseen.
 * 4. At the end: acknowledged ⊆ stored ⊆ issued, each once, and the ledger counts what is there.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Receipt } from '@weir/contract'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { chanceFrom } from './demo/random.ts'
import { idFrom } from './ingest/event-id.ts'
import { createDatabase, readJson } from './testing.ts'

const ADMIN_KEY = 'ak_abcdefghijklmnopqrstuvwxyz234567'
const SEED = Number(process.env.WEIR_TEST_SEED ?? 20_261_121)
const KILLS = 4
/** The server lives until it has acknowledged this many more events; then up to SOON_MS. */
const LIVES = { least: 200, most: 1_000 }
const SOON_MS = 50
const SENDERS = 8
const MOST_EVENTS = 40

const issued = new Set<string>()
const acknowledged = new Set<string>()
/** What stood at each kill. */
const kills: { pid: number | undefined; in_flight: number }[] = []

const chance = chanceFrom(SEED)
let child: ChildProcess
/** The address of the server that runs, or of the one that is starting. */
let url: Promise<string>
let key = ''
let in_flight = 0
let unanswered = 0
let sending = true
let pool: Pool

function startServer(database_url: string): Promise<string> {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: database_url,
      PORT: '0',
      WEIR_ADMIN_KEY: ADMIN_KEY,
      WEIR_LOG_LEVEL: 'fatal',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (chunk) => {
      said += chunk
      const found = /Dashboard +(http:\S+)\//.exec(said)?.[1]
      if (found) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)))
  })
}

async function kill(): Promise<void> {
  kills.push({ pid: child.pid, in_flight })
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

async function post(path: string, bearer: string, body: string): Promise<Response> {
  return fetch((await url) + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body,
  })
}

/** Visits of one sender's visitors, a purchase now and then. */
function makeBatch(sender: number, batch: number): { ids: string[]; body: string } {
  const at = Date.now()
  const events = Array.from({ length: chance.between(1, MOST_EVENTS) }, (_, index) => {
    const id = idFrom(at, `${SEED} ${sender} ${batch} ${index}`)
    const event = { id, at, name: 'view', visitor_id: `visitor-${sender}-${batch % 7}` }
    return chance.happens(0.1)
      ? { ...event, name: 'purchase', properties: { order_id: `order ${id}`, value: 1 } }
      : event
  })
  return { ids: events.map(({ id }) => id), body: JSON.stringify({ key, events }) }
}

async function sendUntilTold(sender: number): Promise<void> {
  for (let batch = 0; sending; batch++) {
    const { ids, body } = makeBatch(sender, batch)
    for (const id of ids) issued.add(id)
    // Sometimes two at once, as a beacon and a request of one page are.
    const copies = chance.happens(0.1) ? 2 : 1
    await Promise.all(Array.from({ length: copies }, () => sendOne(ids, body)))
  }
}

async function sendOne(ids: string[], body: string): Promise<void> {
  for (let answered = false; !answered; ) {
    in_flight++
    const receipt = await tryOnce(body)
    in_flight--
    if (receipt) {
      expect(receipt).toMatchObject({ rejected: [], warnings: [] })
      expect(receipt.accepted + receipt.duplicates).toBe(ids.length)
      for (const id of ids) acknowledged.add(id)
      answered = true
    } else {
      unanswered++
      // Until the driver has noticed, the address is that of the dead server.
      await sleep(20)
    }
  }
}

/** Null without an answer, or where the server says that it cannot store now. */
async function tryOnce(body: string): Promise<Receipt | null> {
  try {
    const response = await post('/v1/events', key, body)
    if (response.status === 503) return null
    expect(response.status).toBe(202)
    return await readJson<Receipt>(response)
  } catch (error) {
    // What fetch says of a connection that broke; anything else is a failure of the test.
    if (error instanceof TypeError) return null
    throw error
  }
}

beforeAll(async () => {
  const database_url = await createDatabase(inject('postgres'))
  pool = new Pool({ connectionString: database_url, max: 1 })
  url = startServer(database_url)
  const made = await post(
    '/v1/sites',
    ADMIN_KEY,
    JSON.stringify({ name: 'Killed', time_zone: 'UTC' }),
  )
  key = (await readJson<{ keys: { write: string } }>(made)).keys.write

  const senders = Promise.all(Array.from({ length: SENDERS }, (_, sender) => sendUntilTold(sender)))
  const driver = async () => {
    for (let number = 0; number < KILLS; number++) {
      const enough = acknowledged.size + chance.between(LIVES.least, LIVES.most)
      while (acknowledged.size < enough) await sleep(1)
      await sleep(chance.next() * SOON_MS)
      await kill()
      url = startServer(database_url)
      await url
    }
  }
  await driver().finally(() => {
    sending = false
  })
  await senders
}, 180_000)

afterAll(async () => {
  child?.kill('SIGKILL')
  await pool?.end()
})

const storedIds = async (): Promise<string[]> => {
  const { rows } = await pool.query<{ event_id: string }>('select event_id from events')
  return rows.map(({ event_id }) => event_id)
}

describe('a server that is killed in mid-load', () => {
  it('was another process every time, with requests in flight, and some never answered', () => {
    expect(new Set([...kills.map(({ pid }) => pid), child.pid]).size).toBe(KILLS + 1)
    expect(Math.min(...kills.map(({ in_flight }) => in_flight))).toBeGreaterThan(0)
    expect(unanswered).toBeGreaterThanOrEqual(KILLS)
    expect(acknowledged.size).toBeGreaterThan(KILLS * LIVES.least)
  })

  it('has stored every event that it acknowledged', async () => {
    const stored = new Set(await storedIds())
    expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([])
  })

  it('has stored each event once, and none that nobody sent', async () => {
    const stored = await storedIds()
    expect(new Set(stored).size).toBe(stored.length)
    expect(stored.filter((id) => !issued.has(id))).toEqual([])
  })

  it('has a ledger that counts, batch by batch, the events that are there', async () => {
    const { rows } = await pool.query(`
      with counted as (select batch_id, count(*)::int as events from events group by batch_id)
      select batch_id, batches.events as said, counted.events as found
      from batches
      full join counted using (batch_id)
      where batches.events is distinct from counted.events`)
    expect(rows).toEqual([])
  })

  it('has one order for every purchase', async () => {
    const { rows } = await pool.query(`
      select properties ->> 'order_id' as purchased, orders.order_id
      from orders
      full join (select * from events where name = 'purchase') as events using (site_id, event_id)
      where properties ->> 'order_id' is distinct from orders.order_id`)
    expect(rows).toEqual([])
  })
})

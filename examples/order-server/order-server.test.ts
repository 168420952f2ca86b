import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addressOf } from '../../packages/sdk/test/proxy.ts'
import { sleep, until } from '../../packages/sdk/test/storefront.ts'
import { startTestWeir, type TestWeir } from '../../packages/server/src/testing.ts'

let weir: TestWeir
let orders: string
let child: ChildProcess
let refusals = 0

/** Stands before Weir, and answers 503 as long as it is told to. */
const gate = createServer(async (request, response) => {
  if (refusals-- > 0) return void response.writeHead(503).end()
  const passed = await fetch(weir.url + request.url, {
    method: 'POST',
    headers: {
      authorization: `${request.headers.authorization}`,
      'content-type': 'application/json',
    },
    body: Buffer.concat(await request.toArray()),
  })
  response.writeHead(passed.status).end(await passed.text())
})

beforeAll(async () => {
  weir = await startTestWeir()
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve))
  child = spawn(process.execPath, [fileURLToPath(new URL('server.js', import.meta.url))], {
    env: {
      PORT: '0',
      WEIR_URL: addressOf(gate.address()),
      WEIR_SECRET_KEY: weir.keys.secret,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const printed = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (line) => resolve(`${line}`)),
  )
  orders = /http\S+/.exec(printed)?.[0] ?? ''
})
afterAll(async () => {
  child.kill()
  gate.close()
  await weir.stop()
})

const place = async (order: object): Promise<string> => {
  const answer = await fetch(orders, { method: 'POST', body: JSON.stringify(order) })
  const { order_id }: { order_id: string } = JSON.parse(await answer.text())
  return order_id
}

const confirmed = async (order_id: string) => {
  const read = async () =>
    (
      await weir.pool.query(
        'select order_id, visitor_id, by_server from orders where order_id = $1',
        [order_id],
      )
    ).rows
  await until(async () => (await read()).length > 0)
  return read()
}

const purchases = async (order_id: string) =>
  (await weir.pool.query(`select 1 from events where properties ->> 'order_id' = $1`, [order_id]))
    .rows.length

it('counts an order that no page told of, once, though Weir was away at first', async () => {
  refusals = 2
  const order_id = await place({ value: 39, currency: 'EUR', visitor_id: 'visitor-1' })
  expect(await confirmed(order_id)).toEqual([
    { order_id, visitor_id: 'visitor-1', by_server: true },
  ])
  expect(refusals).toBeLessThan(0)

  // The page tells of it as well, a little later.
  const answer = await fetch(`${weir.url}/v1/events`, {
    method: 'POST',
    body: JSON.stringify({
      key: weir.keys.write,
      visitor_id: 'visitor-1',
      events: [{ name: 'purchase', at: Date.now(), properties: { order_id } }],
    }),
  })
  expect(answer.status).toBe(202)
  await sleep(100)
  expect(await purchases(order_id)).toBe(1)
})

it('confirms an order without a visitor, which is no event', async () => {
  const order_id = await place({ value: 39, currency: 'EUR' })
  expect(await confirmed(order_id)).toMatchObject([{ order_id, by_server: true }])
  expect(await purchases(order_id)).toBe(0)
})

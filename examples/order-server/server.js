/** A shop's server that takes orders: WEIR_URL and WEIR_SECRET_KEY say where they are confirmed. */
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { confirmOrder } from './confirm-order.js'

const weir = {
  url: process.env.WEIR_URL ?? 'http://127.0.0.1:8787',
  secretKey: process.env.WEIR_SECRET_KEY ?? '',
}

const server = createServer(async (request, response) => {
  if (request.method !== 'POST' || request.url !== '/orders') return response.writeHead(404).end()
  const { value, currency, visitor_id } = await json(request)
  const order_id = randomUUID()
  // The shopper does not wait for Weir.
  confirmOrder(weir, { order_id, value, currency, visitor_id }).catch((error) =>
    console.error(error.message),
  )
  response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ order_id }))
})

server.listen(Number(process.env.PORT ?? 8789), '127.0.0.1', () => {
  console.log(`Takes orders at http://127.0.0.1:${server.address().port}/orders`)
})

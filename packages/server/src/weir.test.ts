import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { startTestWeir } from './testing.ts'

const open = async (url: string): Promise<Socket> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  await once(socket, 'connect')
  socket.on('error', () => undefined)
  return socket
}

it('stops though somebody is connected who never asks anything', async () => {
  const weir = await startTestWeir({ weaving: false })
  const socket = await open(weir.url)
  const ended = once(socket, 'close')
  await weir.stop()
  await ended
  expect(socket.destroyed).toBe(true)
})

it('stores and answers what is on its way when it stops, says that it is not ready, and takes nobody new', async () => {
  const weir = await startTestWeir({ weaving: false })
  const events = [{ name: 'view', visitor_id: 'v-1', at: Date.now() }]
  const body = JSON.stringify({ key: weir.keys.write, events })
  const socket = await open(weir.url)
  let said = ''
  socket.on('data', (chunk) => {
    said += chunk
  })
  const head = `POST /v1/events HTTP/1.1\r\nhost: weir\r\ncontent-length: ${body.length}\r\ncontent-type: text/plain\r\n\r\n`
  socket.write(head + body.slice(0, 20))
  await sleep(100)
  // The pool for looking ends first; this one is of the server.
  const { rows: before } = await weir.db.ingest.query('select from events')
  const stopped = weir.stop()
  await sleep(100)
  await expect(fetch(`${weir.url}/readyz`)).rejects.toThrow()
  socket.write(`${body.slice(20)}GET /readyz HTTP/1.1\r\nhost: weir\r\n\r\n`)
  await Promise.all([once(socket, 'close'), stopped])

  const [stored, ready] = said.split('HTTP/1.1 ').slice(1)
  expect(stored).toMatch(/^202 .*"accepted":1,/s)
  expect(ready).toMatch(/^503 .*"unavailable".*This server is shutting down/s)
  expect(before).toEqual([])
})
